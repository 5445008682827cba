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
import { installFormToken } from './account';
import { installTheme } from './theme';
import { installLanes } from './topology';

installTheme(document);
installCopyButtons(document);
installFormToken(document);
installLanes(document);
