/** @typedef {{ variable: string, name: string, port: number }} PortSetting */

const defaults = [
  { variable: "PORT", name: "console", port: 3000 },
  { variable: "SIMULATOR_PORT", name: "simulator", port: 4010 },
  { variable: "IDENTITY_PROVIDER_PORT", name: "identity provider", port: 4020 },
];

/**
 * The three ports of the demo: console, simulator, identity provider. Throws a line that names what is wrong.
 * @param {Record<string, string | undefined>} env
 * @returns {PortSetting[]}
 */
export function readPorts(env) {
  const ports = defaults.map(({ variable, name, port }) => {
    const text = env[variable]?.trim() || String(port);
    const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > 65_535) throw new Error(`${variable}=${text} is no port. Example: ${variable}=${port}`);
    return { variable, name, port: number };
  });
  for (const [index, { port, variable }] of ports.entries()) {
    const twin = ports.slice(0, index).find((earlier) => earlier.port === port);
    if (twin) throw new Error(`${twin.variable} and ${variable} are both ${port}. Give each its own.`);
  }
  return ports;
}

/**
 * The line for a port that somebody else uses, with one that is free.
 * @param {PortSetting} setting
 * @param {number} free
 */
export const takenLine = ({ port, variable }, free) =>
  `Port ${port} is taken. Stop what uses it, or choose another: ${variable}=${free} npm run demo`;

/**
 * Settings for a real organization, which the demo leaves alone.
 * @param {Record<string, string | undefined>} env
 */
export const realCredentials = (env) =>
  Object.keys(env).filter((name) => /^MIXPANEL_|^KEYWARDEN_ORGANIZATIONS_FILE$|^DATABASE_URL/.test(name) && env[name]);
