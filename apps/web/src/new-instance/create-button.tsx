'use client';
import { Button } from '@zarpa/ui/components/button';
import { Panel } from '@zarpa/ui/components/panel';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '@/api/problem.ts';
import { useFormat } from '@/format/use-format.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import type { NewInstanceForm } from './use-new-instance.ts';

/** The price, the button that says what will happen, and what stood in its way. */
export function CreateButton({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance');
  const common = useTranslations('common');
  const format = useFormat();
  const errorText = useErrorText();
  const { plan, creation, ready } = form;
  const fields = creation.error instanceof ApiProblem ? creation.error.fields : [];
  return (
    <Panel className="flex flex-col gap-3 p-5">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-ink-soft text-sm">{t('price')}</span>
        <span className="tabular font-semibold text-lg">
          {plan === undefined
            ? null
            : plan.priceCents === 0
              ? common('free')
              : format.money(plan.priceCents, plan.currency)}
          {plan && plan.priceCents > 0 ? (
            <span className="font-normal text-ink-faint text-sm"> {common('perMonth')}</span>
          ) : null}
        </span>
      </div>
      <Button
        type="submit"
        variant="primary"
        size="large"
        disabled={!ready}
        pending={creation.isPending || creation.isSuccess}
        pendingLabel={t('creating')}
      >
        {t('create')}
      </Button>
      {creation.isError ? (
        <div role="alert" className="text-fail-text text-sm">
          <p>{errorText(creation.error)}</p>
          {fields.length > 0 ? (
            <ul className="mt-1 list-disc pl-5">
              {fields.map((field) => (
                <li key={field.path}>{field.message}</li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
    </Panel>
  );
}
