/** The app role of a registration, without its id. */
export const INVOKE_ROLE = { value: "Invoke", displayName: "Invoke", description: "May call the API." };
