import 'htmx.org';
import './style.css';
import './css/forms.css';
import './css/matrix.css';
import './css/topology.css';
import './css/pools.css';
import './css/changes.css';
import './css/live.css';
import './css/account.css';
import { installCopyButtons } from './copy';
import { installLive } from './live';
import { installKeys } from './live-keys';
import { installPalette } from './live-palette';
import { installTheme } from './theme';

installTheme(document);
installCopyButtons(document);
installPalette(document);
installKeys(document, installLive(document));
