/** An operating system, as a plan is for one of them. */
export type OsType = "Linux" | "Windows";

/** What a plan must fit. */
export interface PlannedApp {
  readonly osType: OsType;
  readonly functions: boolean;
}

/** What the plans of one kind have in common. */
export interface PlanTier {
  readonly factory: string;
  readonly factoryOfExisting: string;
  readonly named: string;
  readonly examples: string;
  /** Sizes of new plans, outside of App Service Environments. */
  readonly sizes: RegExp;
  /** Sizes of existing plans that are not of this kind. */
  readonly others: RegExp;
  readonly functionsOnly: boolean;
  readonly alwaysOn?: true;
}

/** Plans on which an app can be always on. */
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

/** Plans that Azure scales by load, on which azurerm has nothing to say of being always on. */
export const ELASTIC_PREMIUM: PlanTier = {
  factory: "AppServicePlan.elasticPremium",
  factoryOfExisting: "AppServicePlan.existingElasticPremium",
  named: "elastic premium",
  examples: '"EP1", "EP2" or "EP3"',
  sizes: /^EP[1-3]$/,
  others: /^(?!EP[1-3]$)/i,
  functionsOnly: true,
};
