/* Messages that Terraform gives about an API that is there already; see `errors.ts`. */

export function notTheCurrentRevision(): string {
  return (
    'Revision ${self.revision} of the API "${self.name}" is not its current one, and only that can have a policy. Write the current ' +
    'one: ApiSurface.existingApi("${self.name}", policy, { revision: "..." }).'
  );
}

export function keyBesideCallers(): string {
  return (
    'The API "${self.name}" asks for a subscription key, which the callers by identity do not have. Switch that off on the API ' +
    "(subscription_required = false): nobody gets in without a token of a named caller."
  );
}

export function otherKeyNames(header: string, query: string): string {
  return (
    `The API "\${self.name}" takes its subscription key under other names than "${header}" and "${query}", and the key would reach ` +
    `the backend. Write the names that it has: ApiSurface.existingApi("\${self.name}", policy, { subscriptionKeyNames: { header: "...", ` +
    `query: "..." } }).`
  );
}

export function plainHttp(): string {
  return (
    'The API "${self.name}" takes plain HTTP: subscription keys and tokens would be sent in clear. Switch HTTP off on the API ' +
    '(protocols = ["https"]).'
  );
}

export function openWithoutKey(): string {
  return (
    'The API "${self.name}" asks for no subscription key: everybody could reach the backend through it. Switch that on on the API ' +
    '(subscription_required = true), or write why it is open: ApiSurface.existingApi(...).withoutSubscriptionKey("why").'
  );
}

export function otherVersion(given: string | undefined): string {
  const what = given === undefined ? "no version was given" : `the version "${given}" was given`;
  return (
    'The API "${self.name}" has the version "${self.version == null ? "" : self.version}", and ' +
    `${what}: its address would be another API's. Write the one that it has: ` +
    'ApiSurface.existingApi("${self.name}", policy, { version: { versionSet, name: "..." } }), where versionSet is ' +
    "ApiVersionSet.fromExisting(...)."
  );
}
