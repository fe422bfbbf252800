/**
 * The page's only script: turns the heads of sortable tables into buttons, gives points in time in the reader's own
 * zone, and opens the folded parts for paper. The page says everything without it. Cells carry what to sort by in
 * `data-sort`.
 */

export const SCRIPT = `
document.querySelectorAll('table[data-sortable]').forEach(function (table) {
	var body = table.tBodies[0];
	table.querySelectorAll('th[data-by]').forEach(function (head) {
		var column = Array.prototype.indexOf.call(head.parentNode.children, head);
		var button = document.createElement('button');
		button.type = 'button';
		button.title = 'Sort';
		button.textContent = head.textContent;
		head.textContent = '';
		head.appendChild(button);
		button.addEventListener('click', function () {
			var way = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
			table.querySelectorAll('th').forEach(function (other) { other.removeAttribute('aria-sort'); });
			head.setAttribute('aria-sort', way === 1 ? 'ascending' : 'descending');
			var numeric = head.getAttribute('data-by') === 'number';
			Array.prototype.slice.call(body.rows).sort(function (a, b) {
				var left = a.cells[column].getAttribute('data-sort');
				var right = b.cells[column].getAttribute('data-sort');
				return way * (numeric ? left - right : left.localeCompare(right));
			}).forEach(function (row) { body.appendChild(row); });
		});
	});
});
document.querySelectorAll('time').forEach(function (time) {
	var form = {
		day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
	};
	time.title = time.textContent;
	time.textContent = new Date(time.dateTime).toLocaleString('en-GB', form);
});
window.addEventListener('beforeprint', function () {
	document.querySelectorAll('details').forEach(function (part) { part.open = true; });
});
`;
