/**
 * Matches an error, or the text of a finding, by its id and by values that it must name; the whole text stands in
 * `docs/reference/errors.md`. Use it as `expect(action).toThrow(refusal("empty-methods"))` or within `toEqual`.
 */
export function refusal(id: string, ...values: string[]): Refusal {
  return new Refusal(id, values);
}

class Refusal {
  public readonly $$typeof = Symbol.for("jest.asymmetricMatcher");

  constructor(
    private readonly id: string,
    private readonly values: readonly string[],
  ) {}

  public asymmetricMatch(other: unknown): boolean {
    const text = other instanceof Error ? other.message : String(other);
    return text.includes(`(${this.id})`) && this.values.every((value) => text.includes(value));
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
