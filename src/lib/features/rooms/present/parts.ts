// What of a room's head loads when it is opened. Imported by RoomHead only.
import About from './About.svelte';
import People from './PresentPeople.svelte';

export default { About, People };
