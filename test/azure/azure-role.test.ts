import { AzureRole } from "cdktf-secure-apim-backend";
import { isPowerfulRole, powerfulRoleOf } from "../../lib/azure/powerful-roles";
import { stackWithProviders } from "../helpers/synth";

test.each([
  ["Owner", true],
  [" user  access ADMINISTRATOR ", true],
  ["Storage Blob Data Owner", false],
  ["Storage Blob Data Contributor", false],
  ["Orders Contributor", false],
])("whether %s manages Azure, gives access or reads keys: %s", (name, is) => expect(isPowerfulRole(name)).toBe(is));

test.each([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["B24988AC-6180-42A0-AB88-20F7382DD24C", "Contributor"],
  ["ba92f5b4-2d11-453d-a403-e96b0029c9fe", undefined],
])("the role with the ID %s is %s", (id, name) => expect(powerfulRoleOf(id)).toBe(name));

test("each role that the library offers by name is accepted", () => {
  const roles = Object.values(AzureRole).filter((value): value is AzureRole => value instanceof AzureRole);
  expect(roles).toHaveLength(10);
  const stack = stackWithProviders();
  roles.forEach((role) => expect(role._bind(stack)).toMatch(/^[A-Z]/));
});
