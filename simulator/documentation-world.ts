import type { WorldSpec } from './world-spec';

/** The platform of the examples in the API documentation: each example request gets the example's answer. */
export function documentationWorld(): WorldSpec {
	return {
		tenants: [
			{
				tenantId: 'foo',
				defaultDomain: 'sip.netaxis.be',
				groups: [
					{
						groupId: 'foogroup',
						users: [
							{
								userId: 'foouser',
								lastName: 'User',
								firstName: 'Foo',
								profile: {
									outgoingCallDNIS: {
										serviceUserId: 'APIOTestCallCenterP@sip.netaxis.be',
										name: 'Test DNIS',
									},
								},
							},
							{ userId: 'fooSupervisorUser', lastName: 'Supervisor', firstName: 'Foo' },
							{
								userId: 'ApioUserTest1@sip.netaxis.be',
								lastName: 'Test1',
								firstName: 'Test1',
								phoneNumber: '+3225126778',
								extension: '5001',
								department: {
									tenantId: 'ApioSpTest',
									groupId: 'ApioGrpTest',
									departmentName: 'test_department_initial',
									fullPathName: 'test_department_parent_1 \\ test_department_initial',
								},
							},
							{
								userId: 'ApioUserTest2@sip.netaxis.be',
								lastName: 'Test2',
								firstName: 'Test2',
								phoneNumber: '+3225126779',
								extension: '5002',
							},
						],
						callCenters: [
							{
								serviceUserId: 'APIOTestCallCenterB@sip.netaxis.be',
								name: 'APIO Test Call Center B',
								agents: ['foouser'],
							},
							{
								serviceUserId: 'APIOTestCallCenterS@sip.netaxis.be',
								name: 'APIO Test Call Center S',
								agents: ['foouser'],
							},
							{
								serviceUserId: 'APIOTestCallCenterP@sip.netaxis.be',
								name: 'APIO Test Call Center P',
								type: 'Premium',
								allowJoin: false,
								dnis: ['Test DNIS'],
							},
							{
								serviceUserId: 'fooCallCenter',
								name: 'Foo Call Center',
								allowJoin: false,
								agents: ['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be'],
								supervisors: { fooSupervisorUser: ['ApioUserTest1@sip.netaxis.be'] },
							},
						],
					},
				],
			},
		],
	};
}
