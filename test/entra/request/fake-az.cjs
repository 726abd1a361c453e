#!/usr/bin/env node
/* Stands in for the Azure CLI: keeps its Entra ID in a file, and records what it is called with. */
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("fs");

const args = process.argv.slice(2);
const {
  FAKE_AZ,
  FAKE_AZ_FAILURES = "0",
  FAKE_AZ_UNKNOWN,
  FAKE_TENANT = "55555555-2222-3333-4444-555555555555",
} = process.env;
const file = `${FAKE_AZ}/entra.json`;
const entra = existsSync(file)
  ? JSON.parse(readFileSync(file, "utf8"))
  : { applications: [], servicePrincipals: [], assignments: [], owners: [], failures: +FAKE_AZ_FAILURES };
appendFileSync(`${FAKE_AZ}/calls.jsonl`, `${JSON.stringify(args)}\n`);

const option = (name) => args[args.indexOf(name) + 1];
const answer = (...lines) => process.stdout.write(lines.map((line) => `${line}\r\n`).join(""));
const save = () => writeFileSync(file, JSON.stringify(entra));
const refuse = (text) => {
  save();
  process.stderr.write(`ERROR: ${text}\n`);
  process.exit(1);
};
const id = (kind) => `${kind}${entra.applications.length}000000-0000-4000-8000-000000000000`;
const words = args.join(" ");

if (words.startsWith("account show")) answer(FAKE_TENANT);
else if (words.startsWith("cloud show")) answer("https://graph.microsoft.com/");
else if (words.startsWith("ad app list")) {
  const [, quoted] = /^displayName eq '(.*)'$/s.exec(option("--filter"));
  const name = quoted.replace(/''/g, "'");
  const [, role] = /\?id=='([^']*)'/.exec(option("--query"));
  answer(
    ...entra.applications
      .filter(({ displayName, appRoles }) => displayName === name && appRoles.some((each) => each.id === role))
      .map(({ appId }) => appId),
  );
} else if (words.startsWith("ad app owner add")) entra.owners.push([option("--id"), option("--owner-object-id")]);
else if (args[0] === "rest") {
  const method = option("--method");
  const url = option("--url");
  const [, appId] = /appId='([^']*)'/.exec(url) ?? [];
  const body = args.includes("--body") ? JSON.parse(option("--body")) : undefined;
  const application = entra.applications.find((each) => each.appId === appId);
  if (method === "POST" && url.endsWith("/applications")) {
    const appId = id("a");
    entra.applications.push({ appId, ...body });
    answer(appId);
  } else if (/\/applications\(/.test(url)) {
    if (application === undefined) refuse("Resource does not exist");
    if (method === "PATCH") Object.assign(application, body);
    else if (option("--query").startsWith("appRoles")) {
      const [, role] = /\?id=='([^']*)'/.exec(option("--query"));
      const isUsable = ({ isEnabled, allowedMemberTypes }) => isEnabled && allowedMemberTypes.includes("Application");
      answer(...application.appRoles.filter((each) => each.id === role && isUsable(each)).map((each) => each.id));
    } else answer(...(application.passwordCredentials ?? []).map(({ keyId }) => keyId));
  } else if (/\/servicePrincipals\(/.test(url)) {
    const known = entra.servicePrincipals.find((each) => each.appId === appId);
    if (method === "PATCH") {
      if (entra.failures-- > 0) refuse("The application does not exist yet");
      if (known) Object.assign(known, body);
      else if (args.includes("Prefer=create-if-missing")) entra.servicePrincipals.push({ id: id("b"), appId, ...body });
      else refuse("Resource does not exist");
    } else answer(known.id);
  } else if (url.endsWith("/appRoleAssignedTo")) entra.assignments.push(body);
  else if (url.endsWith("/appRoleAssignments")) {
    const [, principal] = /servicePrincipals\/([^/]*)\//.exec(url);
    if (principal === FAKE_AZ_UNKNOWN) refuse("Resource does not exist");
    const [, resource] = /^\$filter=resourceId eq (.*)$/.exec(option("--url-parameters"));
    const [, role] = /\?appRoleId=='([^']*)'/.exec(option("--query"));
    answer(
      ...entra.assignments
        .filter((each) => each.principalId === principal && each.resourceId === resource && each.appRoleId === role)
        .map(() => "assignment"),
    );
  } else refuse(`what is ${words}`);
} else refuse(`what is ${words}`);
save();
