import { attributeOf } from "../../policy/syntax/source-tree";
import { isOfRequest } from "../../policy/findings/located";
import { isOfGateway } from "../model/calls";
import type { Model } from "../model/model";
import type { PolicyText } from "../model/policy-text";
import type { Resource } from "../model/resource";
import type { Value } from "../model/value";
import { registrationOf } from "../registration";
import { judged, judgedAt, Judgement, SecurityRule } from "../rule";

/** A key or a secret that somebody has to keep and to renew, where an identity needs none. */
export const KEY_INSTEAD_OF_IDENTITY: SecurityRule = {
  id: "key-instead-of-identity",
  title: "Gateways sign in to backends with an identity, without a key, a password or a client secret.",
  severity: "error",
  control: "IM-3",
  cwe: 798,
  judges: (model) => [
    ...clientSecrets(model),
    ...passwords(model),
    ...model.resources.filter(isOfGateway).flatMap(functionKeys),
    ...model.ofType("azurerm_api_management_backend").flatMap(credentials),
    ...model.calls.flatMap(({ resource, attribute, url, policy }) => (policy ? [] : codeIn(resource, attribute, url))),
    ...model.policies.flatMap(keysIn),
  ],
};

const IDENTITY = "Remove it, and let the gateway sign in with <authentication-managed-identity>.";

function clientSecrets({ apps }: Model): Judgement[] {
  return apps.flatMap(({ resource, signIn, slots }) =>
    [{ resource, signIn }, ...slots].flatMap((app) => {
      if (!app.signIn) return [];
      const { secretSetting } = app.signIn;
      return judged(
        app.signIn.resource,
        secretSetting.attribute,
        secretSetting.value.isUnknown ? undefined : secretSetting.value.isAbsent,
        `${secretSetting.attribute} names a client secret. An API that only validates tokens needs none.`,
        "Remove it, and the secret.",
      );
    }),
  );
}

/** Passwords of the registrations that the sign-ins are of. */
function passwords(model: Model): Judgement[] {
  const registrations = model.apps.flatMap(({ signIn }) => (signIn && registrationOf(signIn)) ?? []);
  return model
    .ofType("azuread_application_password")
    .filter((password) => password.referenced("application_id").some((each) => registrations.includes(each)))
    .map((password) =>
      judged(
        password,
        "application_id",
        false,
        "The registration of an app that only validates tokens has a client secret.",
        "Remove the secret.",
      ),
    );
}

/** What reads the keys of a function app for the gateway. */
function functionKeys(resource: Resource): Judgement[] {
  const keys = resource.stack.referencedBy(resource.everything);
  if (!keys.some(({ type }) => type === "azurerm_function_app_host_keys")) return [];
  return [judged(resource, "value", false, "The gateway gets a key of a function app.", IDENTITY)];
}

const KEY_HEADER = /^(?:x-functions-key|api-key)$/i;

function credentials(backend: Resource): Judgement[] {
  const headers = backend.all("credentials.header").flatMap(({ entries }) => entries.map(([name]) => name));
  const query = backend.all("credentials.query").flatMap(({ entries }) => entries.map(([name]) => name));
  const scheme = backend.at("credentials.authorization.scheme");
  const found = [
    ...headers.filter((name) => KEY_HEADER.test(name)).map((name) => `the header ${name}`),
    ...query.filter(isKeyParameter).map((name) => `the query parameter ${name}`),
    ...(scheme.is(["Basic"]) === true ? ["a password"] : []),
  ];
  const [first] = found;
  return [
    judged(
      backend,
      "credentials",
      first === undefined,
      `credentials sends ${first ?? "nothing"} to the backend.`,
      IDENTITY,
    ),
  ];
}

function codeIn(resource: Resource, attribute: string, url: Value): Judgement[] {
  const hasCode = /[?&]code=/i.test(url.template);
  return hasCode ? [judged(resource, attribute, false, "The address has a function key in code=.", IDENTITY)] : [];
}

function keysIn(policy: PolicyText): Judgement[] {
  return policy.located.filter(isOfRequest).flatMap(({ element }) => {
    const { name, start } = element;
    const carrier = attributeOf(element, "name") ?? "";
    const isDelete = attributeOf(element, "exists-action")?.trim() === "delete";
    const address = attributeOf(element, "base-url") ?? attributeOf(element, "template") ?? "";
    const key =
      name === "set-header" && !isDelete && KEY_HEADER.test(carrier.trim())
        ? `sends a key to the backend in the header ${carrier}`
        : name === "set-query-parameter" && !isDelete && isKeyParameter(carrier.trim())
          ? `sends a function key to the backend in the query parameter ${carrier}`
          : (name === "set-backend-service" || name === "rewrite-uri") && /[?&]code=/i.test(address)
            ? "sends a function key to the backend in code="
            : name === "authentication-basic"
              ? "signs in to the backend with a password"
              : undefined;
    return key === undefined ? [] : [judgedAt(policy, start, "violated", `<${name}> ${key}.`, IDENTITY)];
  });
}

function isKeyParameter(name: string): boolean {
  return /^code$/i.test(name);
}
