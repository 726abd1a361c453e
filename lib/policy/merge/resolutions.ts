import { PolicyConflict } from "../policy-conflict";

/** What is to be done about conflicts, as the user said by name. The last word on a conflict counts. */
export class Resolutions {
  constructor(private readonly choices: ReadonlyMap<PolicyConflict, "keep" | "replace"> = new Map()) {}

  public with(conflict: PolicyConflict, choice: "keep" | "replace"): Resolutions {
    return new Resolutions(new Map([...this.choices, [conflict, choice]]));
  }

  public and(others: Resolutions): Resolutions {
    return new Resolutions(new Map([...this.choices, ...others.choices]));
  }

  public of(conflict: PolicyConflict): "keep" | "replace" | undefined {
    return this.choices.get(conflict);
  }
}
