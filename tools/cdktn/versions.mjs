/* Versions of CDK Terrain that the package for it takes, and those that are tried. */

/** The framework and what it takes beside it. */
export const FRAMEWORK = { cdktn: "0.24.0", constructs: "10.7.2" };

/** What the first bindings of the ranges require. */
export const NODE = ">= 22.11.0";

/** The ranges of the peers: earlier bindings need an earlier cdktn. The package is compiled with the first version of each range. */
export const PEERS = {
  "@cdktn/provider-azuread": "^17.0.0",
  "@cdktn/provider-azurerm": "^17.0.0 || ^18.0.0",
  cdktn: "^0.24.0",
  // The range of cdktn 0.24.
  constructs: ">=10.6.0 <10.8.0",
};

/** The bindings of the providers, both ends of the ranges: of azurerm 4.81 and azuread 3.9, and of azurerm 5.10 and azuread 3.10. */
export const FIRST = { "@cdktn/provider-azurerm": "17.0.0", "@cdktn/provider-azuread": "17.0.0" };
export const LAST = { "@cdktn/provider-azurerm": "18.9.0", "@cdktn/provider-azuread": "17.1.0" };
