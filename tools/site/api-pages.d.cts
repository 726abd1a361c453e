export interface ApiGroup {
  readonly name: string;
  readonly types: readonly { readonly name: string; readonly summary: string; readonly text: string }[];
}

export function apiPages(text: string): { readonly groups: ApiGroup[]; readonly pageOf: ReadonlyMap<string, string> };
export function apiIndex(groups: readonly ApiGroup[]): string;
