import { defineConfig } from 'vite';

// The console serves these files from its jar; the manifest tells it their hashed names.
export default defineConfig({
  base: '/assets/',
  build: {
    outDir: '../target/classes/static',
    assetsDir: '',
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: false,
    rollupOptions: { input: ['src/main.ts'] },
  },
});
