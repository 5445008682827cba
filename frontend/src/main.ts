import 'htmx.org';
import './style.css';
import './css/forms.css';
import './css/matrix.css';
import './css/topology.css';
import './css/pools.css';
import './css/changes.css';
import './css/live.css';
import './css/account.css';
import './css/wizard.css';
import './css/views.css';
import { installCopyButtons, showCopyButtons } from './copy';
import { installFormToken } from './account';
import { installChecks } from './forms';
import { installAddressMaps } from './pools';
import { installLists } from './lists';
import { installLive } from './live';
import { installKeys } from './live-keys';
import { installPalette } from './live-palette';
import { installTheme } from './theme';
import { installMatrix } from './matrix-keys';
import { installLanes } from './topology';
import { installHeat } from './topology-heat';
import { installWalk } from './topology-keys';

// As the server sent it, before scripts make anything of it.
const delivered = document.getElementById('content')?.cloneNode(true) as Element | undefined;

installTheme(document);
installCopyButtons(document);
installFormToken(document);
installLanes(document);
installWalk(document);
installHeat(document);
installMatrix(document);
installAddressMaps(document);
installChecks(document);
installPalette(document);
installKeys(document, installLive(document, delivered ?? null));
installLists(document, () => {
  showCopyButtons(document);
  installLanes(document);
  installWalk(document);
  installHeat(document);
  installMatrix(document);
});
