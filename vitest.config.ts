import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["mcrules-source", "node", "import", "default"] },
  ssr: {
    resolve: {
      conditions: ["mcrules-source", "node", "import", "default"],
      externalConditions: ["mcrules-source"],
    },
  },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
