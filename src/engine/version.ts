/** Version of this package, as the manifest and the written files carry it; `package.json` says the same. */
export const ENGINE_VERSION = '0.10.0';
