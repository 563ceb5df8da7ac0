// The browser's entry of the sample shop, whose repository holds the pages and no build.

import { App } from 'SHOP/storefront/web/src/App.tsx';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'SHOP/storefront/web/src/styles/tokens.css';

createRoot(document.getElementById('root')).render(createElement(App, { path: window.location.pathname }));
