import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { BrowserRouter } from 'react-router';
import './tokens.css';
import './base.css';
import { AppRoutes } from './routes.tsx';
import { PageFailed } from './shell/page-failed.tsx';
import { startEngine } from './start-engine.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');

const { store } = startEngine();

createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <BrowserRouter>
        <PageFailed>
          <AppRoutes />
        </PageFailed>
      </BrowserRouter>
    </Provider>
  </StrictMode>,
);
