import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Problem } from '@zarpa/contracts';
import { z } from 'zod';

type Components = NonNullable<ComponentsObject['schemas']>;
type SchemaObject = Exclude<Components[string], { $ref: string }>;
type ComponentsObject = NonNullable<OpenAPIObject['components']>;

const problemAnswer = {
  description: 'Refused, with a stable code and a text in the language of Accept-Language',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The OpenAPI document of all routes, the same for the same code. Works on an application in preview mode too. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Zarpa API')
    .setDescription('Instances, deployments, sources, logs and metrics of WhatsApp bots.')
    .setVersion('1')
    .addCookieAuth('zarpa_session')
    .build();
  const document = SwaggerModule.createDocument(app, head, {
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? convert(schema, schemaType) : undefined,
  });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...convert(Problem, 'output').components },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (operation) operation.responses = { ...operation.responses, default: problemAnswer };
    }
  }
  return sorted(document);
}

/** A named schema becomes a component. */
function convert(schema: z.ZodType, io: 'input' | 'output'): { schema: SchemaObject; components: Components } {
  const { definitions = {}, ...root } = z.toJSONSchema(schema, { target: 'openapi-3.0', io, unrepresentable: 'any' });
  return { schema: root as SchemaObject, components: definitions as Components };
}

/** In an order that does not depend on that of modules. */
function sorted(document: OpenAPIObject): OpenAPIObject {
  const schemas = byKey(document.components?.schemas ?? {});
  return { ...document, paths: byKey(document.paths), components: { ...document.components, schemas } };
}

function byKey<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
