import { ConflictResolution } from "../conflict-resolution";

/** The conflict resolutions of a document. Of two for the same conflict, the later one counts. */
export class Resolutions {
  public static readonly NONE = new Resolutions(new Map());

  private constructor(private readonly byConflict: ReadonlyMap<string, ConflictResolution>) {}

  public with(...resolutions: ConflictResolution[]): Resolutions {
    const added = resolutions.map((each): [string, ConflictResolution] => [conflictOf(each), each]);
    return new Resolutions(new Map([...this.byConflict, ...added]));
  }

  public and(others: Resolutions): Resolutions {
    return new Resolutions(new Map([...this.byConflict, ...others.byConflict]));
  }

  public include(resolution: ConflictResolution): boolean {
    return this.byConflict.get(conflictOf(resolution)) === resolution;
  }
}

/** The conflict that a resolution is for: `BACKEND` for `KEEP_BACKEND`. */
export function conflictOf(resolution: ConflictResolution): string {
  return resolution.replace(/^(KEEP|REPLACE)_/, "");
}
