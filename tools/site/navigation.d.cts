export interface NavigationGroup {
  readonly name: string;
  readonly pages: readonly { readonly title: string; readonly page: string }[];
}

export function navigation(text?: string): NavigationGroup[];
