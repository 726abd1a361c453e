import { TerraformResource } from "cdktf";
import { IConstruct, Construct } from "constructs";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { boundCaller, byLabel, callerKey, ICaller, identitiesOf } from "../entra/caller";
import { callersGranted } from "../entra/grants";
import { IAppRegistration } from "../entra/registration";
import { useRegistration } from "../entra/registration-use";
import { requireAudiencesAtPlan } from "../entra/sign-in-conditions";
import { ApiCallers } from "../api/upstream-api";
import { registrationOf } from "../entra/registration-of";
import { PolicyDocument } from "../policy/policy-document";
import { callerValidation, TOOL_TOKEN_REMOVAL } from "../policy/gateway/caller-validation";
import { fail, finding } from "../core/fail";
import { stateOf } from "../core/state";
import { requireGiven, requireList } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";

/** The names of its properties. */
const API_CALLERS: PropertyNames<ApiCallers> = { allowed: true, registration: true, registrationName: true };

/** The APIs that share a registration, and the callers that they admit. */
interface Admitting {
  readonly apis: string[];
  readonly keys: Set<string>;
}

/**
 * Records the callers that an API admits. Its policy cannot change later: a caller that is granted access to the registration but
 * is in no policy would get tokens and be refused, which is an error at synth.
 */
function recordCallers(api: IConstruct, registration: IAppRegistration, keys: Iterable<string>): void {
  const known = stateOf(registration, "admitting", () => admittedAt(api, registration));
  known.apis.push(api.node.path);
  for (const key of keys) known.keys.add(key);
}

function admittedAt(api: IConstruct, registration: IAppRegistration): Admitting {
  const known: Admitting = { apis: [], keys: new Set() };
  api.node.addValidation({
    validate: () =>
      callersGranted(registration)
        .filter((caller) => !known.keys.has(callerKey(caller)))
        .map(({ label }) =>
          finding(
            "caller-not-on-api",
            `Caller "${label}" is granted access to registration "${registration.node.path}", but no API that uses it (${known.apis.map((path) => `"${path}"`).join(", ")}) ` +
              `admits the caller: it would get a token, and then status 401.`,
            "Instead of grantInvoke, list it on the API: callers: { allowed: [..., caller] }.",
          ),
        ),
  });
  return known;
}

/**
 * The callers of an API that is called by identity. Each is granted access, and the policy refuses all others.
 *
 * @see docs/design/decisions.md#callers-on-the-api
 */
export class AdmittedCallers {
  /** The app registration of the API. */
  public readonly registration: IAppRegistration;
  /** The token validation for the API's policy. */
  public readonly policy: PolicyDocument;

  private readonly keys: ReadonlySet<string>;

  constructor(
    scope: Construct,
    callers: ApiCallers,
    name: string,
    {
      gateway,
      ofBackends,
    }: { readonly gateway: ICaller; readonly ofBackends: readonly (IAppRegistration | undefined)[] },
  ) {
    const example = "callers: { allowed: [gateway] }";
    requireGiven(scope, callers, { name: "callers", has: ["allowed"], example });
    requireOnly(scope, "callers", callers, { names: API_CALLERS, example });
    requireList(scope, "callers.allowed", callers.allowed, example);
    if (callers.allowed.length === 0)
      fail(
        scope,
        "no-callers",
        "The list callers.allowed is empty, so nobody could call the API.",
        "List at least one caller: callers: { allowed: [gateway] }. For consumers with a subscription key, omit callers.",
      );
    if (callers.registration && ofBackends.includes(callers.registration))
      fail(
        scope,
        "registration-of-backend",
        `Registration "${callers.registration.node.path}" also belongs to the backend, so callers of the API could call the backend directly ` +
          `with their tokens.`,
        "Omit callers.registration, or use another registration.",
      );
    const home = callers.registration ? scope : new Construct(scope, "Callers");
    const registration = registrationOf(home, callers, `${name}-callers`);
    useRegistration(scope, registration, "api");
    callers.allowed.forEach((caller) => registration.grantInvoke(caller));
    // By label, so that the policy stays the same when a gateway switches between two identities that are granted the same.
    const configs = callers.allowed.flatMap((caller) => identitiesOf(boundCaller(registration, caller)).sort(byLabel));
    const distinct = new Map(configs.map((config) => [callerKey(config), config]));
    this.registration = registration;
    this.keys = new Set(distinct.keys());
    recordCallers(scope, registration, this.keys);
    const fromOwnGateway = distinct.has(callerKey(boundCaller(registration, gateway)));
    this.policy = PolicyDocument._of(
      callerValidation({
        cloud: cloudOf(scope),
        tenantId: registration.tenantId,
        audiences: registration.allowedAudiences,
        callers: [...distinct.values()],
        fromOwnGateway,
      }),
      ...(fromOwnGateway ? [TOOL_TOKEN_REMOVAL] : []),
    );
  }

  /** Lets Terraform check what only it knows of the accepted audiences. */
  public checkAtPlan(policy: TerraformResource): void {
    requireAudiencesAtPlan(policy, this.registration);
  }

  public includes(caller: ICaller): boolean {
    return this.keys.has(callerKey(boundCaller(this.registration, caller)));
  }
}
