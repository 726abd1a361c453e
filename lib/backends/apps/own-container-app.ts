import { Op, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { camelCase } from "../../azure/user-resource";
import { atSynth } from "../../core/at-synth";
import { conditionMessage, finding } from "../../core/fail";
import { requireOnly } from "../../core/property-names";
import { guard, requireAtPlan } from "../../core/guard";
import { renderedAttributes } from "../../core/rendered";
import { isToken, resolved } from "../../core/tokens";
import { registrationOf } from "../../entra/registration-of";
import { Audience } from "../../entra/audience";
import { PolicyDocument } from "../../policy/policy-document";
import { IApimBackend } from "../backend";
import { OpaqueBackend } from "../bound";
import { APP_OPTIONS } from "./app-options";
import { claimOwnApp, requireOwnApp } from "./own-app";
import { lockContainerApp } from "./sign-in/container-sign-in";
import { checkedSignIn, MovedAppOptions } from "./sign-in/sign-in";
import { appUrl } from "./site";

/** How the gateway calls your container app. */
export interface DeclaredContainerAppOptions extends MovedAppOptions {
  /**
   * Path on the app to which API paths are appended.
   *
   * @default - the root
   */
  readonly routePrefix?: string;
}

/** See `Backend.fromContainerApp`. */
export function ownContainerApp(app: ContainerApp, options: DeclaredContainerAppOptions = {}): IApimBackend {
  return new OpaqueBackend("Backend.fromContainerApp", (scope, { defaultName }) => {
    const example = "Backend.fromContainerApp(app, { registration })";
    const names = { ...APP_OPTIONS, routePrefix: true, signIn: true } as const;
    requireOnly<DeclaredContainerAppOptions>(scope, "Backend.fromContainerApp", options, { names, example });
    requireOwnApp(scope, "fromContainerApp", app, ["putIngress"]);
    claimOwnApp(scope, app);
    guardOwnIngress(app);
    const registration = registrationOf(scope, options, defaultName);
    const phase = checkedSignIn(scope, options.signIn);
    const signIn = lockContainerApp(scope, app, registration, phase);
    requireIngressAtPlan(scope, app, signIn);
    return {
      // The address of the latest revision would change with each deployment.
      url: appUrl(scope, app.ingress.fqdn, options.routePrefix ?? ""),
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [app, signIn],
      _withoutToken: !phase._sendsToken,
    };
  });
}

/** What the ingress must be, by attribute. An absent attribute has the default of azurerm. */
const INGRESS: Readonly<Record<string, readonly unknown[]>> = {
  external_enabled: [true],
  allow_insecure_connections: [undefined, false],
  transport: [undefined, "auto", "http", "http2"],
  exposed_port: [undefined, 0],
};

/** The gateway calls the app from outside, and the sign-in sees only HTTP. The rest of the ingress is the user's. */
function guardOwnIngress(app: ContainerApp): void {
  const closed = Object.entries(INGRESS).map(([name, values]) => [
    `ingress.${name}`,
    (value: unknown) => values.includes(value ?? undefined) || isUnknown(app, value),
  ]);
  guard(app, {
    attributes: Object.fromEntries(closed),
    changed: (attributes) =>
      finding(
        "own-ingress",
        `The ingress of the container app "${app.node.path}" does not let the gateway in, or lets in requests that bypass the sign-in.`,
        `Set ${camelCase(attributes)} on it as in ingress: { externalEnabled: true, targetPort: 8080, allowInsecureConnections: false, ` +
          'transport: "auto", trafficWeight: [{ latestRevision: true, percentage: 100 }] }, without exposedPort.',
      ),
  });
}

/** Lets Terraform check what only it knows of the ingress. */
function requireIngressAtPlan(scope: Construct, app: ContainerApp, signIn: TerraformResource): void {
  atSynth(signIn, () => {
    const ingress = Object([renderedAttributes(app).ingress].flat()[0]);
    if (!Object.keys(INGRESS).some((name) => isUnknown(scope, ingress[name]))) return;
    const { externalEnabled, allowInsecureConnections, transport } = app.ingress;
    const isClosed = Op.and(Op.not(allowInsecureConnections), Op.neq(transport, "tcp"));
    requireAtPlan(signIn, [
      {
        condition: Op.and(externalEnabled, isClosed),
        errorMessage: conditionMessage(
          "own-ingress-at-plan",
          "The ingress of the container app must be external, must not allow insecure connections, and must not be of transport tcp.",
          "Check the values of ingress on your ContainerApp object.",
        ),
      },
    ]);
  });
}

/** Whether only Terraform knows the value. */
function isUnknown(scope: Construct, value: unknown): boolean {
  const known = resolved(scope, value);
  return typeof known === "string" && isToken(known);
}
