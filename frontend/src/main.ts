import 'htmx.org';
import './style.css';
import { installCopyButtons } from './copy';
import { installTheme } from './theme';

installTheme(document);
installCopyButtons(document);
