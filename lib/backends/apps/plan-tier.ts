/** An operating system. A plan has one, and all its apps run on it. */
export type OsType = "Linux" | "Windows";

/** What the plans of one kind have in common. */
export interface PlanTier {
  /** The factory of a new plan. */
  readonly factory: string;
  readonly factoryOfExisting: string;
  readonly named: string;
  readonly examples: string;
  /** Sizes of new plans, outside of App Service Environments. */
  readonly sizes: RegExp;
  /** Sizes of existing plans that are of another kind. */
  readonly others: RegExp;
  readonly functionsOnly: boolean;
  /** Whether azurerm can keep an app running between requests. Undefined if Azure decides, and azurerm has no setting. */
  readonly alwaysOn?: true;
}

/** Plans on dedicated machines. */
export const DEDICATED: PlanTier = {
  factory: "AppServicePlan.dedicated",
  factoryOfExisting: "AppServicePlan.existing",
  named: "dedicated",
  examples: '"B1", "S1", "P0v3" or "P1v3"',
  sizes: /^(B[1-3]|S[1-3]|P[1-3]v2|P[0-3]v3|P[1-5]mv3|P[0-3]v4|P[1-5]mv4)$/,
  others: /^(EP\d|FC1|Y1|F1|D1|FREE|SHARED|WS\d)$/i,
  functionsOnly: false,
  alwaysOn: true,
};

/** Plans that Azure scales by load. */
export const ELASTIC_PREMIUM: PlanTier = {
  factory: "AppServicePlan.elasticPremium",
  factoryOfExisting: "AppServicePlan.existingElasticPremium",
  named: "elastic premium",
  examples: '"EP1", "EP2" or "EP3"',
  sizes: /^EP[1-3]$/,
  others: /^(?!EP[1-3]$)/i,
  functionsOnly: true,
};
