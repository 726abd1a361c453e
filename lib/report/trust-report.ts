/**
 * Who can call what, with what, and what stops everybody else: what a reviewer reads. It is plain data, so `--format json` prints it as
 * it is. Lists are in a stable order. No text contains a secret, and each text is plain: a page escapes it.
 *
 * @see docs/reference/cli.md#report
 */
export interface TrustReport {
  /** Changes if a reader of the JSON would have to change. */
  readonly format: 1;
  /** The names of the stacks, or how many there are. */
  readonly title: string;
  readonly stacks: readonly ReportedStack[];
  readonly parties: readonly Party[];
  readonly calls: readonly Call[];
  /** One row for each API, app, slot and service that something calls. */
  readonly access: readonly Access[];
  /** What will be readable in the Terraform state. */
  readonly secrets: readonly SecretInState[];
  /** What the code opens with a reason. */
  readonly openOnPurpose: readonly OpenOnPurpose[];
  /** What the rules refuse: errors first. */
  readonly findings: readonly ReportedFinding[];
  /** What the rules could not judge, because only Terraform knows it. */
  readonly notJudged: readonly ReportedFinding[];
  readonly leftToOperator: readonly OperatorTask[];
  readonly checked: Checked;
}

/** The configuration of one stack, or of one folder. */
export interface ReportedStack {
  readonly name: string;
  readonly files: readonly string[];
}

/**
 * What a party is. A `caller` calls gateways; the party `anyone` is one. An `api` is of a gateway. A `slot` is of an app. A `service` is of
 * Azure, such as a storage account. What the configuration does not declare is `outside`, such as another company's API.
 */
export type PartyKind = "caller" | "gateway" | "api" | "app" | "slot" | "service" | "outside";

/** One who calls or is called. */
export interface Party {
  /** Stable and unique in the report, such as `orders/azurerm_linux_web_app.orders`. */
  readonly id: string;
  readonly kind: PartyKind;
  /** Short, for a picture. */
  readonly name: string;
  /** The path of the construct, or the address in Terraform; for `outside`, the URL; empty for callers without one. */
  readonly place: string;
  /** The name of the stack. None if it is in none. */
  readonly stack?: string;
  /** The party that it is a part of: the gateway of an API, the app of a slot. */
  readonly partOf?: string;
  /** A few short facts, such as "Developer tier", "path /orders". */
  readonly detail: readonly string[];
}

/** How a call proves who calls. */
export type CallProof =
  /** The gateway signs in with its managed identity. */
  | "managed identity"
  /** A token of Microsoft Entra ID, which the gateway validates. */
  | "Entra token"
  /** A token of any other issuer, which the gateway validates. */
  | "other token"
  /** A key of API Management. */
  | "subscription key"
  /** The token of the caller goes on to the backend. */
  | "token of the caller"
  | "client certificate"
  /** A key, a password or a header with a secret. */
  | "key"
  /** Nothing that the configuration shows. */
  | "nothing"
  /** Only Terraform knows. */
  | "not known";

/** One who calls another. */
export interface Call {
  /** Stable and unique in the report. */
  readonly id: string;
  /** The id of the party. */
  readonly from: string;
  /** The id of the party. */
  readonly to: string;
  readonly how: CallProof;
  /** What it also needs, such as a subscription key besides a token. */
  readonly also?: readonly CallProof[];
  /** What it signs in as, such as "system-assigned identity of orders-gateway". */
  readonly identity?: string;
  /** The audience of the token, as the configuration writes it. */
  readonly audience?: string;
  /** The roles and the permissions that the caller has or needs. */
  readonly roles: readonly string[];
  /** The address that is called, or "https://…/orders". */
  readonly address?: string;
  /** How the call goes there, such as "private endpoint". */
  readonly network?: string;
}

/** Who gets in, and what stops everybody else. */
export interface Access {
  /** The id of the party that is called. */
  readonly party: string;
  /** Who gets in. Empty if nobody does. */
  readonly admits: readonly string[];
  readonly barriers: readonly Barrier[];
}

/** What kind of a barrier it is. */
export type BarrierKind =
  | "sign-in"
  | "audience"
  | "issuer"
  | "allow-list"
  | "role"
  | "subscription"
  | "excluded paths"
  | "network"
  | "transport"
  | "keys"
  | "publishing"
  | "slots";

/** `closed` stops others, `open` does not, and `unknown` is what only Terraform knows. `elsewhere` is not in this configuration. */
export type BarrierState = "closed" | "open" | "unknown" | "elsewhere";

/** One thing that stops a caller, or that does not. */
export interface Barrier {
  readonly kind: BarrierKind;
  readonly state: BarrierState;
  /** A sentence: what it is and whom it stops. */
  readonly text: string;
  /** Where it is written: address and attribute. */
  readonly source?: string;
}

/** A value that everyone who reads the Terraform state can read. */
export interface SecretInState {
  /** The address and the attributes, such as `azurerm_storage_account.files primary_access_key`. Unique with the stack. */
  readonly name: string;
  readonly attributes: readonly string[];
  readonly stack: string;
  readonly place: string;
  /** A sentence: how the value gets into the state, and what it opens. */
  readonly why: string;
  /** A sentence: what to do so that it is not there, or so that it opens nothing. */
  readonly avoid: string;
  /** Whether the value is of no use, because what it opens does not accept it, such as keys that a storage account refuses. */
  readonly disabled: boolean;
}

/** Something that is open, with the reason of the one who opened it. */
export interface OpenOnPurpose {
  readonly stack: string;
  /** The path of the construct, or the address. */
  readonly place: string;
  readonly what: string;
  readonly reason: string;
  /** The rule that is acknowledged, if it is an acknowledgement. */
  readonly rule?: string;
  /** The call that opened it, such as `withoutSubscriptionKey`, if the library wrote one. */
  readonly call?: string;
}

/** What a rule says. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** The control of the Microsoft cloud security benchmark. */
  readonly control: string;
  /** The number in the Common Weakness Enumeration. */
  readonly cwe?: number;
  readonly stack: string;
  readonly place: string;
  readonly address: string;
  readonly attribute?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
}

/** Something that no code of the configuration does. */
export interface OperatorTask {
  readonly stack?: string;
  /** The path of the construct, or the address; none if it is for the whole. */
  readonly place?: string;
  /** What to do or to know, as a sentence. */
  readonly what: string;
  /** Why the configuration cannot do it or say it. */
  readonly why: string;
}

/** What was looked at. */
export interface Checked {
  readonly rules: readonly CheckedRule[];
  readonly resources: number;
  readonly policies: number;
  readonly gateways: number;
  readonly apps: number;
  /** How often a rule holds. */
  readonly complies: number;
  /** Files that could not be read, with the reason. */
  readonly unreadable: readonly { readonly file: string; readonly error: string }[];
  /** Files in HCL, which were not read. */
  readonly skipped: readonly string[];
  /** The modules that the configuration calls. Nothing in them was read. None if it calls none. */
  readonly modules?: readonly string[];
  /** What no configuration says, as sentences. */
  readonly cannotBeKnown: readonly string[];
}

/** A rule, and how often it said what. */
export interface CheckedRule {
  readonly id: string;
  readonly title: string;
  readonly severity: "error" | "warning";
  readonly control: string;
  readonly cwe?: number;
  readonly complies: number;
  readonly violated: number;
  readonly notJudged: number;
  readonly acknowledged: number;
}
