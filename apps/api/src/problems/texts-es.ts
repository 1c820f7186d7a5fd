import type { ProblemTexts } from './texts.ts';

export const spanish: ProblemTexts = {
  invalid_input: {
    title: 'Datos inválidos',
    detail: 'Algún campo no es como debería. Corrija lo indicado y envíe de nuevo.',
  },
  invalid_json: {
    title: 'Solicitud ilegible',
    detail: 'El cuerpo o la dirección de la solicitud no se pudo leer. Envíe JSON válido en UTF-8.',
  },
  body_too_large: {
    title: 'Solicitud demasiado grande',
    detail: 'La solicitud supera el tamaño permitido. Envíe menos cada vez.',
  },
  not_authenticated: {
    title: 'Sin sesión',
    detail: 'No hay sesión, o terminó. Inicie una nueva sesión e intente de nuevo.',
  },
  not_allowed: {
    title: 'No permitido',
    detail: 'Esta solicitud no vino de una página que pueda hacerla. Abra el panel e intente desde allí.',
  },
  not_found: {
    title: 'No encontrado',
    detail: 'Lo que se pidió no existe o no es suyo.',
  },
  route_not_found: {
    title: 'Dirección desconocida',
    detail: 'La API no tiene esta dirección. Revise la ruta y el método.',
  },
  method_not_allowed: {
    title: 'Método no aceptado',
    detail: 'Esta dirección existe, pero no acepta este método.',
  },
  conflict: {
    title: 'Conflicto',
    detail: 'Algo cambió mientras se atendía la solicitud. Actualice la página e intente de nuevo.',
  },
  too_many_requests: {
    title: 'Demasiadas solicitudes',
    detail:
      'Se hicieron demasiadas solicitudes en poco tiempo. Sus bots siguen funcionando; espere un poco e intente de nuevo.',
  },
  unavailable: {
    title: 'No disponible por ahora',
    detail:
      'Un servicio del que esto depende no respondió. Sus bots siguen funcionando; intente de nuevo en un momento.',
  },
  internal: {
    title: 'Error nuestro',
    detail:
      'Algo falló de nuestro lado y quedó registrado. Sus bots siguen funcionando; intente de nuevo en un momento.',
  },
  instance_not_found: {
    title: 'Instancia no encontrada',
    detail: 'Esta instancia no existe, o no es suya.',
  },
  instance_deleted: {
    title: 'Instancia eliminada',
    detail: 'La instancia fue eliminada y el bot está detenido. Restáurela para volver a usarla.',
  },
  instance_not_deleted: {
    title: 'La instancia no está eliminada',
    detail: 'Solo una instancia eliminada se puede restaurar. Esta sigue activa.',
  },
  restore_window_over: {
    title: 'Plazo de restauración terminado',
    detail: 'El plazo para restaurar terminó y los datos se están borrando. Cree una nueva instancia.',
  },
  instance_not_deployed: {
    title: 'Aún no hay versión',
    detail: 'Ninguna versión de este bot está lista todavía. Haga un deploy primero.',
  },
  deployment_not_found: {
    title: 'Deploy no encontrado',
    detail: 'Este deploy no existe, o no es de una instancia suya.',
  },
  deployment_finished: {
    title: 'El deploy ya terminó',
    detail: 'El deploy ya llegó a su fin y no se puede cancelar.',
  },
  deployment_not_restorable: {
    title: 'No se puede volver a este deploy',
    detail:
      'Solo se puede volver a una versión que funcionó y no es la actual. Elija otra, o haga un deploy del commit.',
  },
  nothing_to_apply: {
    title: 'Nada que aplicar',
    detail: 'La versión en operación ya usa lo guardado.',
  },
  plan_not_found: {
    title: 'Plan no encontrado',
    detail: 'Este plan no se ofrece. Elija uno de la lista.',
  },
  plan_limit_reached: {
    title: 'Límite del plan',
    detail: 'El plan {plan} permite {limit} instancia(s) por persona. Elimine la que lo usa, o elija otro plan.',
  },
  too_many_instances: {
    title: 'Límite de instancias',
    detail: 'Ya tiene {limit} instancias, el máximo. Elimine una que ya no use.',
  },
  too_many_variables: {
    title: 'Demasiadas variables',
    detail:
      'Una instancia guarda hasta {count} variables y {kilobytes} KB de valores. No se guardó nada; quite lo que no usa.',
  },
  variable_not_found: {
    title: 'Variable no encontrada',
    detail: 'Esta instancia no tiene la variable {name}.',
  },
  github_not_connected: {
    title: 'GitHub no conectado',
    detail:
      'No hay una cuenta de GitHub conectada, o GitHub ya no acepta su autorización. Sus bots siguen funcionando; conecte su cuenta para continuar, o use un repositorio público.',
  },
  github_unavailable: {
    title: 'GitHub no respondió',
    detail: 'GitHub no respondió, o no está configurado. Sus bots siguen funcionando; intente de nuevo en un momento.',
  },
  github_rate_limited: {
    title: 'Límite de GitHub',
    detail:
      'GitHub pidió esperar antes de más solicitudes. Sus bots siguen funcionando; conectar su cuenta aumenta el límite.',
  },
  github_authorization_failed: {
    title: 'GitHub rechazó la conexión',
    detail: 'GitHub no aceptó la autorización, o expiró. Conecte su cuenta de nuevo.',
  },
  repository_not_found: {
    title: 'Repositorio no encontrado',
    detail: 'El repositorio no existe, o su cuenta de GitHub no tiene acceso a él.',
  },
  branch_not_found: {
    title: 'Rama no encontrada',
    detail: 'El repositorio o la rama no existe, o no tiene acceso a ella.',
  },
  commit_not_found: {
    title: 'Commit no encontrado',
    detail: 'El commit no existe en este repositorio, o no tiene acceso a él.',
  },
  signature_invalid: {
    title: 'Firma inválida',
    detail: 'La firma de la entrega no coincide. No se aceptó nada; revise el secreto del webhook.',
  },
  ticket_invalid: {
    title: 'Dirección inválida',
    detail: 'Esta dirección de descarga no fue emitida por nosotros.',
  },
  ticket_expired: {
    title: 'Dirección expirada',
    detail: 'Esta dirección de descarga expiró. Llegará una nueva con el próximo intento.',
  },
  no_capacity: {
    title: 'Sin espacio por ahora',
    detail:
      'Ningún clúster tiene {memory} MB libres para un bot más. No se creó nada, y tus otros bots siguen funcionando. Inténtalo de nuevo en unos minutos, o elige un plan menor.',
  },
  move_not_found: {
    title: 'Aquí no hay datos',
    detail: 'Ese traslado de una instancia no existe, o no se guardan datos de él.',
  },
  transfer_not_expected: {
    title: 'Datos no esperados',
    detail: 'El traslado de esta instancia no está en ese paso. No se cambió nada; el próximo comando dice qué hacer.',
  },
};
