BEGIN TRANSACTION;
CREATE TABLE audit (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(36) NOT NULL, 
	action_id VARCHAR(36) NOT NULL, 
	at BIGINT NOT NULL, 
	console TEXT NOT NULL, 
	seat TEXT NOT NULL, 
	operator TEXT NOT NULL, 
	action TEXT NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	camera TEXT NOT NULL, 
	details TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT uq_audit_id UNIQUE (id)
);
INSERT INTO "audit" VALUES(1,'00000000-0000-0000-0000-000000000001','00000000-0000-0000-0000-0000000003e9',1795167001000001,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','','session.sign_in','requested','','{}','');
INSERT INTO "audit" VALUES(2,'00000000-0000-0000-0000-000000000002','00000000-0000-0000-0000-0000000003e9',1795167002000004,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','김민수','session.sign_in','succeeded','','{"name":"김민수"}','');
INSERT INTO "audit" VALUES(3,'00000000-0000-0000-0000-000000000003','00000000-0000-0000-0000-0000000003ea',1795167003000009,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','김민수','ptz.move','requested','c1','{"ok":true,"pan":0.25,"tiles":[1,null,"x"]}','');
INSERT INTO "audit" VALUES(4,'00000000-0000-0000-0000-000000000004','00000000-0000-0000-0000-0000000003ea',1795167004000016,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','김민수','ptz.move','failed','c1','{}','nothing answers 0000 d800 001a');
INSERT INTO "audit" VALUES(5,'00000000-0000-0000-0000-000000000005','00000000-0000-0000-0000-0000000003eb',1795167005000025,'another console','3번 자리','김민수','ptz.move','requested','','{}','');
INSERT INTO "audit" VALUES(6,'00000000-0000-0000-0000-000000000006','00000000-0000-0000-0000-0000000003ec',1795167006000036,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','김민수','camera.add','refused','','{}','not allowed');
INSERT INTO "audit" VALUES(7,'00000000-0000-0000-0000-000000000007','00000000-0000-0000-0000-0000000003ed',1795167007000049,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','김민수','ptz.move','requested','c1','{}','');
INSERT INTO "audit" VALUES(8,'67c4d30d-09ad-4b73-acc5-47ba5bf3b4e5','00000000-0000-0000-0000-0000000003eb',1795170600000000,'another console','3번 자리','김민수','ptz.move','unknown','','{}','the program ended before it was done');
INSERT INTO "audit" VALUES(9,'6e500866-494b-406f-8b31-3cdbb8612e16','00000000-0000-0000-0000-0000000003ed',1795170600000000,'91fcd10e-78b2-4e10-9930-76d805650c6a','3번 자리','김민수','ptz.move','unknown','c1','{}','the program ended before it was done');
CREATE TABLE cameras (
	id TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	site_id TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	latitude DOUBLE, 
	longitude DOUBLE, 
	main_uri TEXT NOT NULL, 
	sub_uri TEXT NOT NULL, 
	device_address TEXT NOT NULL, 
	main_profile TEXT NOT NULL, 
	sub_profile TEXT NOT NULL, 
	user TEXT NOT NULL, 
	ptz BOOLEAN NOT NULL, 
	bearing DOUBLE, 
	CONSTRAINT pk_cameras PRIMARY KEY (id), 
	CONSTRAINT uq_cameras_number UNIQUE (number), 
	CONSTRAINT fk_cameras_site_id FOREIGN KEY(site_id) REFERENCES sites (id)
);
INSERT INTO "cameras" VALUES('c1',1,'Gate 1','s1','방범',37.5,126.9,'rtsp://192.0.2.1/1','','','','','',1,NULL);
CREATE TABLE departments (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_departments PRIMARY KEY (id)
);
INSERT INTO "departments" VALUES('d1','방범');
CREATE TABLE gwanje_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT gwanje_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "gwanje_schema" VALUES('0001');
CREATE TABLE installation (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_installation PRIMARY KEY ("key")
);
INSERT INTO "installation" VALUES('console_id','91fcd10e-78b2-4e10-9930-76d805650c6a');
INSERT INTO "installation" VALUES('audit_closed_up_to','9');
CREATE TABLE operator_roles (
	operator_id VARCHAR(36) NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_operator_roles PRIMARY KEY (operator_id, role), 
	CONSTRAINT fk_operator_roles_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id)
);
INSERT INTO "operator_roles" VALUES('547d6299-76a4-4be5-8797-6b66be9b6ea4','agent');
INSERT INTO "operator_roles" VALUES('547d6299-76a4-4be5-8797-6b66be9b6ea4','supervisor');
CREATE TABLE operators (
	id VARCHAR(36) NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	password_hash VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_operators PRIMARY KEY (id), 
	CONSTRAINT uq_operators_name_key UNIQUE (name_key)
);
INSERT INTO "operators" VALUES('547d6299-76a4-4be5-8797-6b66be9b6ea4','김민수','김민수','$argon2id$v=19$m=65536,t=3,p=4$DgFl2JwXEtI5rZvpx+vBQg$/FoVgIXjNoRjwxotqxMCHoGzEDbA6QAony3AAEx9sDw');
CREATE TABLE settings (
	scope TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY (scope, "key")
);
INSERT INTO "settings" VALUES('wall','desk','{"tiles":["c1"],"version":1}');
CREATE TABLE sites (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	department_id TEXT NOT NULL, 
	latitude DOUBLE, 
	longitude DOUBLE, 
	address TEXT NOT NULL, 
	CONSTRAINT pk_sites PRIMARY KEY (id), 
	CONSTRAINT fk_sites_department_id FOREIGN KEY(department_id) REFERENCES departments (id)
);
INSERT INTO "sites" VALUES('s1','Gate','d1',37.5,126.9,'');
CREATE INDEX ix_audit_action_id ON audit (action_id);
CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;
CREATE INDEX ix_sites_department_id ON sites (department_id);
CREATE INDEX ix_cameras_site_id ON cameras (site_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('audit',9);
COMMIT;
