import { parameterNames } from "../url-template";

/** The names of the parameters in a path, as they are written. The operations of the path share what is computed of them. */
export class ParameterNames implements Iterable<string> {
  private readonly names: readonly string[];
  private known?: ReadonlySet<string>;
  private knownInLowerCase?: ReadonlySet<string>;
  private maxLength?: number;

  constructor(path: string) {
    this.names = parameterNames(path);
  }

  public get isEmpty(): boolean {
    return this.names.length === 0;
  }

  public has(name: string): boolean {
    this.known ??= new Set(this.names);
    return this.known.has(name);
  }

  public hasInAnyCase(name: string): boolean {
    this.knownInLowerCase ??= new Set(this.names.map((each) => each.toLowerCase()));
    // Many paths can share a long name. In lower case, it is as long or longer.
    this.maxLength ??= this.names.reduce((length, each) => Math.max(length, each.length), 0);
    return name.length <= this.maxLength && this.knownInLowerCase.has(name.toLowerCase());
  }

  public [Symbol.iterator](): Iterator<string> {
    return this.names[Symbol.iterator]();
  }
}
