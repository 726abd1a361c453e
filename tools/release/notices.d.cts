export interface Licensed {
  readonly name: string;
  readonly version?: string;
  readonly license: string;
}

export interface Content extends Licensed {
  readonly package: string;
  readonly packageVersion: string;
}

export function bundledPackages(): Licensed[];
export function contents(): Content[];
export function notices(): string;
