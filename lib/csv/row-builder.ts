/** Builds rows from the cells of records. */

import type { Action, Source, SourceRow } from '../sync';
import { actionOfCell } from './aliases';
import { isClosingRecord, isNumeric } from './closing-records';
import { RecordFields, type RowSettings } from './record-fields';
import { callCenterRule, personRule } from './id-rules';
import { excerpt, IdRegister, isBlank, NONE } from './ids';
import { KeyReader } from './key-reader';
import { RowCollector } from './row-collector';
import type { ListEntry } from './list-index';
import { isCutShort, MemberCells } from './member-cells';
import type { Field } from './options';
import type { Place } from './rejects';

export class RowBuilder {
	readonly #record: RecordFields;
	readonly #people: IdRegister;
	/** The same register if both are ids: then cells that change texts are found again. */
	readonly #callCenters: IdRegister;
	readonly #memberField: Field;
	readonly #members: MemberCells;
	readonly #key: KeyReader;
	readonly #rows: RowCollector;
	readonly #actions = new Map<string, Action>();
	/** Records whose key was read; the others are rejected. */
	#records = 0;
	#hasNumericIds = false;

	constructor(settings: RowSettings) {
		const { options } = settings;
		const supervised = options.kind === 'supervisedAgents';
		this.#record = new RecordFields(settings);
		this.#people = new IdRegister(personRule(options));
		this.#callCenters = options.matching === undefined ? this.#people : new IdRegister(callCenterRule(options));
		this.#memberField = supervised ? 'agent' : 'callCenter';
		const members = supervised ? this.#people : this.#callCenters;
		this.#members = new MemberCells(members, this.#record.isNameInParts(this.#memberField));
		this.#key = new KeyReader(this.#record, this.#people, this.#callCenters);
		this.#rows = new RowCollector(this.#record, members, this.#memberField, () => this.#key.defaulted());
	}

	/** Whether a number may be an id: one was, or nothing was read so far. */
	get numbersAreIds(): boolean {
		return this.#records === 0 || this.#hasNumericIds;
	}

	/** Adds a record that is as wide as the header. False if it is the closing line of a report and no row. */
	add(place: Place): boolean {
		const record = this.#record;
		record.begin(place);
		const from = this.#rows.length;
		const key = this.#key.read();
		const action = this.#readAction();
		const cell = record.cell(this.#memberField);
		if (cell === '') this.#checkHalfName();
		if (!place.ended) this.#checkLastCell();
		if (record.hasProblems || isBlank(cell)) {
			if (isClosingRecord(place, place.cells.length, record.settings.required, this.numbersAreIds)) return false;
			if (record.hasProblems) {
				record.reject(this.#key.readablePart(key, this.#members.readableIn(cell)));
				return true;
			}
		}
		this.#records++;
		this.#hasNumericIds ||= record.settings.required.some((column) => isNumeric(place.cells[column] ?? ''));
		const list = this.#rows.list(key, () => this.#key.refOf(key));
		const member = this.#members.register.known(cell);
		if (member !== undefined) this.#rows.add(list, member, action);
		else this.#addMembers(list, cell, action);
		if (this.#key.hasBlanks) {
			const known = () => this.#key.readablePart(key, this.#members.readableIn(cell));
			this.#key.noteBlanks(known, from, this.#rows.length);
		}
		return true;
	}

	/** Returns the rows in order. Called once, after the last record, because a later record may withdraw a row. */
	finish(): SourceRow[] {
		const isOnlyRecord = this.#records === 1 && this.#record.settings.rejects.isEmpty;
		this.#rows.rejectMemberless();
		this.#rows.withdraw(this.#key.rejectSingleBlanks(isOnlyRecord));
		return this.#rows.finish();
	}

	/** What is needed to look people and call centers up later, and to reject a row for what comes of it. */
	lookup(): Pick<Source, 'cellsOf' | 'defaultCallCenterId'> {
		const { cellsOf } = this.#rows;
		if (cellsOf === undefined) return {};
		const { rejects } = this.#record.settings;
		const { defaultCallCenterId } = this.#key;
		return {
			cellsOf: (line) => rejects.cellsByName(cellsOf(line)),
			...(defaultCallCenterId === undefined ? {} : { defaultCallCenterId }),
		};
	}

	columnOfMissedMembers(columns: readonly number[]): ReturnType<RowCollector['columnOfMissedMembers']> {
		return this.#rows.columnOfMissedMembers(columns);
	}

	#readAction(): Action | null {
		const record = this.#record;
		if (record.settings.match.columns.action === undefined) return null;
		const cell = record.cell('action');
		const action = this.#actions.get(cell) ?? actionOfCell(cell);
		if (action !== null) {
			if (this.#actions.size < 64) this.#actions.set(cell, action);
			return action;
		}
		if (isBlank(cell)) record.problem('action', { code: 'blankCell', facts: { problem: 'noAction' } });
		else record.problem('action', { code: 'unknownAction', facts: { value: excerpt(cell) } });
		return null;
	}

	/** Half a name is no row without a member. */
	#checkHalfName(): void {
		const found = this.#record.problemOfName(this.#memberField);
		if (found !== null) this.#record.problem(found.field, found.issue);
	}

	/**
	 * A last cell without a line end after it may be truncated. It is, if other ids of the file continue its text.
	 */
	#checkLastCell(): void {
		const { place, settings } = this.#record;
		const field = [this.#key.owner, 'callCenter' as const, this.#memberField].find(
			(one) => settings.match.columns[one] === place.cells.length - 1,
		);
		if (field === undefined) return;
		const register = field === 'callCenter' ? this.#callCenters : this.#people;
		const text = (this.#members.splitCell(this.#record.cell(field)).at(-1) ?? '').trim();
		if (isBlank(text) || !isCutShort(text, register)) return;
		this.#record.problem(field, { code: 'invalidId', facts: { problem: 'cutOff', value: excerpt(text) } });
	}

	#addMembers(list: ListEntry, cell: string, action: Action | null): void {
		const field = this.#memberField;
		const { register } = this.#members;
		const texts = this.#members.splitCell(cell);
		const several = texts.length > 1;
		if (!several && isBlank(cell)) return this.#rows.addMemberless(list, action);
		for (const text of texts) {
			const known = register.known(text);
			if (known === undefined && isBlank(text)) {
				this.#record.problem(field, { code: 'blankCell', facts: { problem: 'emptyPlace' } });
				continue;
			}
			const member = known ?? this.#record.number(field, text, register, several);
			if (member !== NONE) this.#rows.add(list, member, action);
		}
		if (texts.length > 2 && this.#members.hasDifferentSeparators(cell))
			this.#record.problem(field, { code: 'severalValues', facts: { problem: 'mixedSeparators' } });
		this.#record.reject(this.#rows.readablePart(list, []));
	}
}
