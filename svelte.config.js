import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
  // short class names and no version: both only cost bytes
  compilerOptions: { discloseVersion: false, cssHash: ({ hash, css }) => `s${hash(css)}` },
  kit: {
    // the way to a page is asked of the hub: else every page brings a list of all pages, 2 kB of it
    router: { resolution: 'server' },
    adapter: adapter({ precompress: true }),
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['none'],
        'script-src': ['self'],
        'style-src': ['self'],
        // the one inline style is Kit's own: it hides its page announcer (a test fails when a new Kit changes it)
        'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
        'img-src': ['self', 'data:', 'blob:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'manifest-src': ['self'],
        'worker-src': ['self'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
        'object-src': ['none'],
      },
    },
  },
};
