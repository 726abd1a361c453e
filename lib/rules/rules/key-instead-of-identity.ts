import { attributeOf } from "../../policy/syntax/source-tree";
import { isOfRequest } from "../../policy/findings/located";
import { azapiProperty } from "../model/azapi";
import { isAzapiEntity, isEntity } from "../model/backend-entity";
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
  cwe: 1390,
  judges: (model) => [
    ...clientSecrets(model),
    ...passwords(model),
    ...model.resources.filter(isOfGateway).flatMap(functionKeys),
    ...model.resources.filter(isEntity).flatMap(credentials),
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
  const registrations = new Set(model.apps.flatMap(({ signIn }) => (signIn && registrationOf(signIn)) ?? []));
  const text = "The registration of an app that only validates tokens has a client secret.";
  const remedy = "Remove the secret.";
  const within = [...registrations]
    .map((registration) => ({ registration, value: registration.at("password") }))
    .filter(({ value }) => value.isEmpty !== true)
    .map(({ registration, value }) =>
      judged(registration, "password", value.isUnknown ? undefined : false, text, remedy),
    );
  const beside = model
    .ofType("azuread_application_password")
    .filter((password) => password.referenced("application_id").some((each) => registrations.has(each)))
    .map((password) => judged(password, "application_id", false, text, remedy));
  return [...within, ...beside];
}

/** What reads the keys of a function app for the gateway. */
function functionKeys(resource: Resource): Judgement[] {
  const keys = resource.referencedAnywhere;
  if (!keys.some(({ type }) => type === "azurerm_function_app_host_keys")) return [];
  return [judged(resource, "value", false, "The gateway gets a key of a function app.", IDENTITY)];
}

const KEY_HEADER = /^(?:x-functions-key|api-key)$/i;

function credentials(backend: Resource): Judgement[] {
  const isAzapi = isAzapiEntity(backend);
  const attribute = isAzapi ? "body.properties.credentials" : "credentials";
  const valuesOf = (name: string): Value[] =>
    isAzapi ? [azapiProperty(backend, `properties.credentials.${name}`)] : backend.all(`credentials.${name}`);
  const [headers, query, schemes] = ["header", "query", "authorization.scheme"].map(valuesOf);
  const found = [
    ...namesIn(headers)
      .filter((name) => KEY_HEADER.test(name))
      .map((name) => `the header ${name}`),
    ...namesIn(query)
      .filter(isKeyParameter)
      .map((name) => `the query parameter ${name}`),
    ...(schemes.some((scheme) => scheme.is(["Basic"]) === true) ? ["a password"] : []),
  ];
  const isUnknown = [...headers, ...query, ...schemes].some((value) => value.isUnknown);
  const holds = found.length > 0 ? false : isUnknown ? undefined : true;
  return [judged(backend, attribute, holds, `${attribute} sends ${found[0]} to the backend.`, IDENTITY)];
}

function namesIn(values: readonly Value[]): string[] {
  return values.filter(({ isUnknown }) => !isUnknown).flatMap(({ entries }) => entries.map(([name]) => name));
}

function codeIn(resource: Resource, attribute: string, url: Value): Judgement[] {
  const hasCode = /[?&]code=/i.test(url.resolved);
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
