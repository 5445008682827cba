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
import { installAddressMaps } from './pools';
import { installTheme } from './theme';

installTheme(document);
installCopyButtons(document);
installAddressMaps(document);
