import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page as static files with hashed names. The content security policy allows no inline script or style. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // An asset as a data: address would be refused by the policy, except for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
