import { z } from 'zod';

/** What the program `transfer` is given, as JSON, in the file that its first argument names. */
export const TransferInput = z.object({
  direction: z.enum(['export', 'import']),
  /** Holds a ticket: never printed. */
  url: z.url(),
  /** Of the content of all files together. */
  maxBytes: z.int().positive(),
});
export type TransferInput = z.infer<typeof TransferInput>;

/** What came of it: the program's termination message. `again`: another attempt may succeed. Details name no address. */
export const TransferOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done') }),
  z.object({ outcome: z.literal('failed'), detail: z.string() }),
  z.object({ outcome: z.literal('again'), detail: z.string() }),
]);
export type TransferOutcome = z.infer<typeof TransferOutcome>;
