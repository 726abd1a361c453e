/**
 * Matches an error, or the text of a finding, by its id and by values that it must name; the whole text stands in
 * `docs/reference/errors.md`. Use it as `expect(action).toThrow(refusal("empty-methods"))` or within `toEqual`.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as jest types its own matchers
export function refusal(id: string, ...values: string[]): any {
  return new Refusal(id, values);
}

/** To the compiler it is an error, as `toThrow` takes one. */
export class Refusal implements Error {
  public readonly $$typeof = Symbol.for("jest.asymmetricMatcher");
  public readonly name = "Refusal";

  constructor(
    private readonly id: string,
    private readonly values: readonly string[],
  ) {}

  public asymmetricMatch(other: unknown): boolean {
    const text = other instanceof Error ? other.message : String(other);
    return text.includes(`(${this.id})`) && this.values.every((value) => text.includes(value));
  }

  public get message(): string {
    return this.toString();
  }

  public toString(): string {
    return `refusal ${this.id}`;
  }

  public getExpectedType(): string {
    return "string";
  }

  public toAsymmetricMatcher(): string {
    return `refusal<(${this.id}) with ${this.values.map((value) => JSON.stringify(value)).join(", ") || "no values"}>`;
  }
}
