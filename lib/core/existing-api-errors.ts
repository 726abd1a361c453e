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
