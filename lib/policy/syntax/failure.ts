import { finding } from "../../core/fail";

/** Where a reading stops, and why. */
export class Failure {
  constructor(
    public readonly offset: number,
    public readonly message: string,
  ) {}
}

/** Stops the reading at an offset. */
export function fail(offset: number, id: string, text: string, remedy: string): never {
  throw new Failure(offset, finding(id, text, remedy));
}
