/* Every message about callers that an API does not know; cdktf adds the construct. */

export function callerNotOnApi(caller: string, registration: string, apis: readonly string[]): string {
  const named = apis.map((api) => `"${api}"`).join(", ");
  return (
    `The caller "${caller}" was granted access to the registration "${registration}", but no API that this stands for (${named}) ` +
    `lets it in: it would get a token, and then 401. Write it on the API instead of grantInvoke: callers: { only: [..., caller] }.`
  );
}
