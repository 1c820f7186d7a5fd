/** What an operator asked for is not possible. The message says why and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
