import { azuread } from "../../lib/providers/azuread";
import { azurerm } from "../../lib/providers/azurerm";

const ALL = Object.entries({ ...azurerm, ...azuread });

test.each(ALL)("%s is the class or the function with this name", (name, value) => {
  expect((value as { readonly name: string }).name).toBe(name);
});
