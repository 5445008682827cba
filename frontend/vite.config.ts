import { defineConfig } from 'vite';

// The console serves these files from its jar; the manifest tells it their hashed names. They
// name each other by relative paths, since a proxy may show the console under any path.
export default defineConfig({
  base: './',
  build: {
    outDir: '../target/classes/static',
    assetsDir: '',
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: false,
    rollupOptions: { input: ['src/main.ts'] },
  },
});
