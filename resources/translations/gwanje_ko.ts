<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AboutBox</name>
    <message>
        <source>An operator console for CCTV control rooms. Apache-2.0.</source>
        <translation>CCTV 관제센터용 관제 콘솔. Apache-2.0.</translation>
    </message>
    <message>
        <source>Made with Qt (LGPL), FFmpeg, Leaflet, folium, SQLAlchemy and others; NOTICE lists them all.</source>
        <translation>Qt(LGPL), FFmpeg, Leaflet, folium, SQLAlchemy 등으로 만들었습니다. 전체 목록은 NOTICE에 있습니다.</translation>
    </message>
    <message>
        <source>District outlines: Statistics Korea (KOSTAT), southkorea/seoul-maps.</source>
        <translation>행정구역 경계: 통계청(KOSTAT), southkorea/seoul-maps.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Layout %1</source>
        <translation>화면 분할 %1</translation>
    </message>
    <message>
        <source>Enlarge the selected tile</source>
        <translation>선택한 화면 칸 확대</translation>
    </message>
    <message>
        <source>Back to the layout</source>
        <translation>화면 분할로 돌아가기</translation>
    </message>
    <message>
        <source>Take a still picture</source>
        <translation>정지 영상 저장</translation>
    </message>
    <message>
        <source>Clear the selected tile</source>
        <translation>선택한 화면 칸 비우기</translation>
    </message>
    <message>
        <source>Clear the wall</source>
        <translation>상황판 비우기</translation>
    </message>
    <message>
        <source>Undo the last wall change</source>
        <translation>상황판 변경 되돌리기</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>화면 분할</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>화면 칸</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Try the camera again</source>
        <translation>카메라 다시 연결</translation>
    </message>
    <message>
        <source>Stop the camera</source>
        <translation>카메라 정지</translation>
    </message>
    <message>
        <source>Camera to its home position</source>
        <translation>카메라 원위치</translation>
    </message>
    <message>
        <source>Add a camera…</source>
        <translation>카메라 추가…</translation>
    </message>
    <message>
        <source>Remove the selected camera…</source>
        <translation>선택한 카메라 삭제…</translation>
    </message>
    <message>
        <source>Statistics on the tiles</source>
        <translation>화면 칸에 통계 표시</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Open a recorded clip…</source>
        <translation>녹화 영상 열기…</translation>
    </message>
    <message>
        <source>Monitors…</source>
        <translation>모니터…</translation>
    </message>
    <message>
        <source>Dim room</source>
        <translation>암실 화면</translation>
    </message>
    <message>
        <source>Daylight</source>
        <translation>주간 화면</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Find anything…</source>
        <translation>통합 찾기…</translation>
    </message>
    <message>
        <source>Help and keys</source>
        <translation>도움말과 단축키</translation>
    </message>
    <message>
        <source>About gwanje</source>
        <translation>gwanje 정보</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
</context>
<context>
    <name>AddCameraBox</name>
    <message>
        <source>Add a camera</source>
        <translation>카메라 추가</translation>
    </message>
    <message>
        <source>Stream address</source>
        <translation>스트림 주소</translation>
    </message>
    <message>
        <source>Small stream (optional)</source>
        <translation>서브 스트림(선택)</translation>
    </message>
    <message>
        <source>ONVIF address (optional)</source>
        <translation>ONVIF 주소(선택)</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Crossing, north side</source>
        <translation>교차로 북측</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>설치 지점</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>관리 부서</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>설치 목적</translation>
    </message>
    <message>
        <source>crime prevention</source>
        <translation>생활방범</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
</context>
<context>
    <name>Box</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>CameraTree</name>
    <message>
        <source>Search number, name, place, purpose</source>
        <translation>번호, 이름, 장소, 목적 찾기</translation>
    </message>
    <message>
        <source>Search cameras</source>
        <translation>카메라 찾기</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>No cameras yet.
Add one with Ctrl+N.</source>
        <translation>아직 카메라가 없습니다.
Ctrl+N으로 추가하세요.</translation>
    </message>
</context>
<context>
    <name>ClipPicture</name>
    <message>
        <source>Picture of the clip</source>
        <translation>녹화 영상 화면</translation>
    </message>
</context>
<context>
    <name>ClipTimeline</name>
    <message>
        <source>Time in the clip</source>
        <translation>녹화 영상의 시각</translation>
    </message>
</context>
<context>
    <name>ClipWindow</name>
    <message>
        <source>Speed</source>
        <translation>재생 속도</translation>
    </message>
    <message>
        <source>Speed ([ slower, ] faster)</source>
        <translation>재생 속도 ([ 느리게, ] 빠르게)</translation>
    </message>
    <message>
        <source>Open a file… (Ctrl+O)</source>
        <translation>파일 열기… (Ctrl+O)</translation>
    </message>
    <message>
        <source>One picture back (,)</source>
        <translation>한 화면 뒤로 (,)</translation>
    </message>
    <message>
        <source>One picture forward (.)</source>
        <translation>한 화면 앞으로 (.)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>재생 (Space)</translation>
    </message>
    <message>
        <source>Still picture (S)</source>
        <translation>정지 화면 저장 (S)</translation>
    </message>
    <message>
        <source>Open a recorded clip</source>
        <translation>녹화 영상 열기</translation>
    </message>
    <message>
        <source>Recorded clips (%1)</source>
        <translation>녹화 영상 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>파일 종류</translation>
    </message>
    <message>
        <source>Recorded clip</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>일시 정지 (Space)</translation>
    </message>
    <message>
        <source>really %1×</source>
        <translation>실제 %1배</translation>
    </message>
    <message>
        <source>%1 damaged pictures</source>
        <translation>손상된 화면 %1개</translation>
    </message>
    <message>
        <source>the file breaks off</source>
        <translation>파일이 중간에 끊김</translation>
    </message>
    <message>
        <source>end of the clip</source>
        <translation>영상 끝</translation>
    </message>
    <message>
        <source>No clip is open. Press Ctrl+O to choose a file.</source>
        <translation>열린 영상이 없습니다. Ctrl+O로 파일을 고르십시오.</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>nobody is signed in</source>
        <translation>로그인한 운영자가 없습니다</translation>
    </message>
    <message>
        <source>your role does not allow this</source>
        <translation>이 역할로는 할 수 없는 조작입니다</translation>
    </message>
    <message>
        <source>this must be recorded first, and the record cannot be written</source>
        <translation>먼저 기록해야 하는 조작인데 기록을 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>nothing handles {action}</source>
        <translation>{action} 조작을 처리하는 부분이 없습니다</translation>
    </message>
    <message>
        <source>the program made a mistake; the log file has the details</source>
        <translation>프로그램 오류입니다. 자세한 내용은 로그 파일에 있습니다</translation>
    </message>
    <message>
        <source>the record cannot be written</source>
        <translation>기록을 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>there are operators already</source>
        <translation>이미 운영자가 있습니다</translation>
    </message>
    <message>
        <source>the console has no window</source>
        <translation>콘솔에 창이 없습니다</translation>
    </message>
    <message>
        <source>there is no panel {panel}</source>
        <translation>{panel} 패널이 없습니다</translation>
    </message>
    <message>
        <source>there is no box {box}</source>
        <translation>{box} 대화창이 없습니다</translation>
    </message>
    <message>
        <source>another console is running on this profile</source>
        <translation>이 프로필로 다른 콘솔이 실행 중입니다</translation>
    </message>
    <message>
        <source>the profile folder cannot be made ({reason})</source>
        <translation>프로파일 폴더를 만들 수 없습니다({reason})</translation>
    </message>
    <message>
        <source>the program ended before it was done</source>
        <translation>끝나기 전에 프로그램이 종료되었습니다</translation>
    </message>
    <message>
        <source>this camera is not in the directory any more</source>
        <translation>카메라 목록에서 삭제된 카메라입니다</translation>
    </message>
    <message>
        <source>this camera was added by its stream address and has no ONVIF service</source>
        <translation>스트림 주소로 등록되어 ONVIF 서비스가 없는 카메라입니다</translation>
    </message>
    <message>
        <source>this camera cannot be moved</source>
        <translation>조작할 수 없는 고정 카메라입니다</translation>
    </message>
    <message>
        <source>a camera needs a name</source>
        <translation>카메라 이름이 필요합니다</translation>
    </message>
    <message>
        <source>a PTZ preset needs a name</source>
        <translation>프리셋 위치 이름이 필요합니다</translation>
    </message>
    <message>
        <source>this is not a stream address</source>
        <translation>스트림 주소가 아닙니다</translation>
    </message>
    <message>
        <source>the address contains a user name or a password</source>
        <translation>주소에 사용자 이름이나 비밀번호가 들어 있습니다</translation>
    </message>
    <message>
        <source>layout {layout} has no tile {tile}</source>
        <translation>화면 분할 {layout}에는 화면 칸 {tile}번이 없습니다</translation>
    </message>
    <message>
        <source>there is no layout {layout}</source>
        <translation>화면 분할 {layout} 없음</translation>
    </message>
    <message>
        <source>an empty tile cannot be enlarged</source>
        <translation>빈 화면 칸은 확대할 수 없습니다</translation>
    </message>
    <message>
        <source>the desk window cannot be closed</source>
        <translation>데스크 창은 닫을 수 없습니다</translation>
    </message>
    <message>
        <source>there is no wall window {window}</source>
        <translation>상황판 창 {window} 없음</translation>
    </message>
    <message>
        <source>there is no output {output}</source>
        <translation>출력 화면 {output} 없음</translation>
    </message>
    <message>
        <source>there is nothing to take back</source>
        <translation>되돌릴 변경이 없습니다</translation>
    </message>
    <message>
        <source>there is no picture on this tile</source>
        <translation>이 화면 칸에는 영상이 없습니다</translation>
    </message>
    <message>
        <source>the still picture could not be written ({reason})</source>
        <translation>정지 영상을 저장하지 못했습니다({reason})</translation>
    </message>
    <message>
        <source>this is not a wall arrangement of version 1</source>
        <translation>버전 1의 상황판 배치가 아닙니다</translation>
    </message>
    <message>
        <source>unknown layout</source>
        <translation>알 수 없는 화면 분할입니다</translation>
    </message>
    <message>
        <source>tiles must be a list of camera ids</source>
        <translation>화면 칸은 카메라 식별자의 목록이어야 합니다</translation>
    </message>
    <message>
        <source>the camera refuses the user name or the password</source>
        <translation>카메라가 사용자 이름 또는 비밀번호를 거부합니다</translation>
    </message>
    <message>
        <source>the camera asks for a user name and a password</source>
        <translation>카메라가 사용자 이름과 비밀번호를 요구합니다</translation>
    </message>
    <message>
        <source>the camera refuses the credentials</source>
        <translation>카메라가 인증 정보를 거부합니다</translation>
    </message>
    <message>
        <source>the camera refuses the credentials because its clock and ours differ</source>
        <translation>카메라와 콘솔의 시각이 달라 카메라가 인증 정보를 거부합니다</translation>
    </message>
    <message>
        <source>the camera asks for HTTP Digest</source>
        <translation>카메라가 HTTP Digest 인증을 요구합니다</translation>
    </message>
    <message>
        <source>the camera asks for a way of signing in that is not known here</source>
        <translation>카메라가 지원하지 않는 로그인 방식을 요구합니다</translation>
    </message>
    <message>
        <source>the camera asks for a kind of Digest that is not known here</source>
        <translation>카메라가 지원하지 않는 Digest 방식을 요구합니다</translation>
    </message>
    <message>
        <source>the ONVIF address cannot be dialled</source>
        <translation>ONVIF 주소로 접속할 수 없습니다</translation>
    </message>
    <message>
        <source>the camera&apos;s TLS certificate is not trusted</source>
        <translation>카메라의 TLS 인증서를 신뢰할 수 없습니다</translation>
    </message>
    <message>
        <source>no secure connection can be made</source>
        <translation>보안 연결을 맺을 수 없습니다</translation>
    </message>
    <message>
        <source>the camera&apos;s name is not known</source>
        <translation>카메라의 호스트 이름을 찾을 수 없습니다</translation>
    </message>
    <message>
        <source>nothing takes the connection</source>
        <translation>연결을 받는 장비가 없습니다</translation>
    </message>
    <message>
        <source>the camera does not answer in time</source>
        <translation>카메라가 제때 응답하지 않습니다</translation>
    </message>
    <message>
        <source>the camera closes the connection without an answer</source>
        <translation>카메라가 응답 없이 연결을 끊습니다</translation>
    </message>
    <message>
        <source>the camera cannot be reached</source>
        <translation>카메라에 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>the camera cannot do this ({codes})</source>
        <translation>카메라가 할 수 없는 동작입니다({codes})</translation>
    </message>
    <message>
        <source>the camera has no {service} service</source>
        <translation>카메라에 {service} 서비스가 없습니다</translation>
    </message>
    <message>
        <source>the camera has no media service</source>
        <translation>카메라에 미디어 서비스가 없습니다</translation>
    </message>
    <message>
        <source>the camera has nothing at the address that it told</source>
        <translation>카메라가 알려 준 주소에 아무것도 없습니다</translation>
    </message>
    <message>
        <source>there is no such ONVIF service at this address</source>
        <translation>이 주소에는 그런 ONVIF 서비스가 없습니다</translation>
    </message>
    <message>
        <source>the camera has no answer to this</source>
        <translation>카메라가 이 요청에 답하지 않습니다</translation>
    </message>
    <message>
        <source>this camera is known by its stream alone</source>
        <translation>스트림 주소만 등록된 카메라입니다</translation>
    </message>
    <message>
        <source>the camera sends us to another address</source>
        <translation>카메라가 다른 주소로 안내합니다</translation>
    </message>
    <message>
        <source>the camera answers with HTTP status {status}</source>
        <translation>카메라가 HTTP 상태 {status}로 응답합니다</translation>
    </message>
    <message>
        <source>the camera answers with more than {limit} bytes</source>
        <translation>카메라의 응답이 {limit}바이트를 넘습니다</translation>
    </message>
    <message>
        <source>the camera&apos;s answer is not HTTP</source>
        <translation>카메라의 응답이 HTTP가 아닙니다</translation>
    </message>
    <message>
        <source>the camera&apos;s answer is not HTTP, or breaks off</source>
        <translation>카메라의 응답이 HTTP가 아니거나 중간에 끊깁니다</translation>
    </message>
    <message>
        <source>the camera&apos;s answer is not SOAP</source>
        <translation>카메라의 응답이 SOAP가 아닙니다</translation>
    </message>
    <message>
        <source>the camera answers something else than it was asked</source>
        <translation>카메라가 요청과 다른 응답을 보냅니다</translation>
    </message>
    <message>
        <source>the camera&apos;s answer does not fit the ONVIF schema</source>
        <translation>카메라의 응답이 ONVIF 규격에 맞지 않습니다</translation>
    </message>
    <message>
        <source>the camera tells an address that is none</source>
        <translation>카메라가 알려 준 주소가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>the camera tells a stream address that is none</source>
        <translation>카메라가 알려 준 스트림 주소가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>the camera tells no address</source>
        <translation>카메라가 주소를 알려 주지 않습니다</translation>
    </message>
    <message>
        <source>the camera tells a media profile without a token</source>
        <translation>카메라가 알려 준 미디어 프로파일에 토큰이 없습니다</translation>
    </message>
    <message>
        <source>the camera does not tell the token of the preset</source>
        <translation>카메라가 프리셋 위치의 토큰을 알려 주지 않습니다</translation>
    </message>
    <message>
        <source>the camera tells a position that is none</source>
        <translation>카메라가 알려 준 위치 값이 올바르지 않습니다</translation>
    </message>
    <message>
        <source>the camera&apos;s snapshot is not a JPEG</source>
        <translation>카메라의 스냅샷이 JPEG가 아닙니다</translation>
    </message>
    <message>
        <source>no clip is open</source>
        <translation>열린 녹화 영상 없음</translation>
    </message>
    <message>
        <source>the clip was closed</source>
        <translation>녹화 영상이 닫힘</translation>
    </message>
    <message>
        <source>there is no picture yet</source>
        <translation>아직 화면이 없음</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>파일이 없음</translation>
    </message>
    <message>
        <source>this is no file</source>
        <translation>파일이 아님</translation>
    </message>
    <message>
        <source>this file may not be read</source>
        <translation>파일을 읽을 권한이 없음</translation>
    </message>
    <message>
        <source>this is no video, or it is damaged</source>
        <translation>영상 파일이 아니거나 손상됨</translation>
    </message>
    <message>
        <source>there is no video in this file</source>
        <translation>파일에 영상이 없음</translation>
    </message>
    <message>
        <source>its video is coded in a way that is not known here ({codec})</source>
        <translation>지원하지 않는 영상 형식 ({codec})</translation>
    </message>
    <message>
        <source>its pictures are too large</source>
        <translation>화면이 너무 큼</translation>
    </message>
    <message>
        <source>its pictures cannot be decoded</source>
        <translation>화면을 풀 수 없음</translation>
    </message>
    <message>
        <source>libVLC is not on this machine</source>
        <translation>이 컴퓨터에 libVLC가 없음</translation>
    </message>
    <message>
        <source>the player has stopped</source>
        <translation>재생기가 멈춤</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>디스크가 가득 찼습니다</translation>
    </message>
    <message>
        <source>the database may not be written</source>
        <translation>데이터베이스에 쓸 권한이 없습니다</translation>
    </message>
    <message>
        <source>another program holds the database</source>
        <translation>다른 프로그램이 데이터베이스를 사용 중입니다</translation>
    </message>
    <message>
        <source>the database is damaged</source>
        <translation>데이터베이스가 손상되었습니다</translation>
    </message>
    <message>
        <source>this is not a database</source>
        <translation>데이터베이스 파일이 아닙니다</translation>
    </message>
    <message>
        <source>the database cannot be opened</source>
        <translation>데이터베이스를 열 수 없습니다</translation>
    </message>
    <message>
        <source>the database may not be opened</source>
        <translation>데이터베이스를 열 권한이 없습니다</translation>
    </message>
    <message>
        <source>the disk does not read or write</source>
        <translation>디스크를 읽거나 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>the database cannot be locked</source>
        <translation>데이터베이스를 잠글 수 없습니다</translation>
    </message>
    <message>
        <source>a text is too long for the database</source>
        <translation>데이터베이스에 넣기에는 너무 긴 글입니다</translation>
    </message>
    <message>
        <source>the rows do not fit those that are there</source>
        <translation>이미 있는 자료와 맞지 않습니다</translation>
    </message>
    <message>
        <source>the database did not do what it was asked</source>
        <translation>데이터베이스가 요청을 처리하지 못했습니다</translation>
    </message>
    <message>
        <source>the database is closed</source>
        <translation>데이터베이스가 닫혀 있습니다</translation>
    </message>
    <message>
        <source>the database may not be made</source>
        <translation>데이터베이스를 만들 권한이 없습니다</translation>
    </message>
    <message>
        <source>the database cannot be made: {reason}</source>
        <translation>데이터베이스를 만들 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>databases of the kind {kind} are not supported</source>
        <translation>{kind} 종류의 데이터베이스는 지원하지 않습니다</translation>
    </message>
    <message>
        <source>the database needs a file: rows must outlive the program</source>
        <translation>데이터베이스에는 파일이 필요합니다. 기록은 프로그램이 끝나도 남아야 합니다</translation>
    </message>
    <message>
        <source>this is not a database URL</source>
        <translation>데이터베이스 URL이 아닙니다</translation>
    </message>
    <message>
        <source>the file system cannot keep a write-ahead log</source>
        <translation>이 파일 시스템에는 미리 쓰기 로그(WAL)를 둘 수 없습니다</translation>
    </message>
    <message>
        <source>the address does not say which centre is meant</source>
        <translation>주소에 어느 센터인지 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>the address contains a password or names a service</source>
        <translation>주소에 비밀번호나 서비스 이름이 들어 있습니다</translation>
    </message>
    <message>
        <source>the address names no server</source>
        <translation>주소에 서버가 없습니다</translation>
    </message>
    <message>
        <source>the server would not have to prove who it is</source>
        <translation>서버가 자신을 증명하지 않게 되는 주소입니다</translation>
    </message>
    <message>
        <source>this is not the address of a database server</source>
        <translation>데이터베이스 서버의 주소가 아닙니다</translation>
    </message>
    <message>
        <source>the database server is short of means</source>
        <translation>데이터베이스 서버의 자원이 부족합니다</translation>
    </message>
    <message>
        <source>the database answers too late</source>
        <translation>데이터베이스의 응답이 너무 늦습니다</translation>
    </message>
    <message>
        <source>the database server cannot be reached</source>
        <translation>데이터베이스 서버에 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>the database server cannot be reached, or refuses the sign-in</source>
        <translation>데이터베이스 서버에 연결할 수 없거나 로그인이 거부되었습니다</translation>
    </message>
    <message>
        <source>this is the database of another program</source>
        <translation>다른 프로그램의 데이터베이스입니다</translation>
    </message>
    <message>
        <source>the database does not say which schema it has</source>
        <translation>데이터베이스의 스키마 버전을 알 수 없습니다</translation>
    </message>
    <message>
        <source>the database was written by a newer version of gwanje (schema {version}, this one knows {known})</source>
        <translation>더 새로운 버전의 gwanje가 쓴 데이터베이스입니다(스키마 {version}, 이 버전은 {known}까지)</translation>
    </message>
    <message>
        <source>audit row {number} is damaged</source>
        <translation>감사 기록 {number}번이 손상되었습니다</translation>
    </message>
    <message>
        <source>another audit row has the id {id}</source>
        <translation>같은 식별자 {id}의 감사 기록이 이미 있습니다</translation>
    </message>
    <message>
        <source>there is no operator of this name</source>
        <translation>그런 이름의 운영자가 없습니다</translation>
    </message>
    <message>
        <source>the audit rows do not fit together</source>
        <translation>감사 기록이 서로 맞지 않습니다</translation>
    </message>
    <message>
        <source>the audit rows do not continue those in the shared database</source>
        <translation>감사 기록이 공유 데이터베이스의 기록에 이어지지 않습니다</translation>
    </message>
    <message>
        <source>the console&apos;s identity is longer than {count} characters</source>
        <translation>콘솔 식별자가 {count}자를 넘습니다</translation>
    </message>
    <message>
        <source>a time without a time zone cannot be recorded</source>
        <translation>시간대가 없는 시각은 기록할 수 없습니다</translation>
    </message>
    <message>
        <source>the setting {scope}/{key} is damaged</source>
        <translation>설정 {scope}/{key} 손상됨</translation>
    </message>
    <message>
        <source>use that one, or choose another profile with --profile DIR</source>
        <translation>그 콘솔을 쓰거나 --profile DIR로 다른 프로필을 고르세요</translation>
    </message>
    <message>
        <source>try again</source>
        <translation>다시 시도하십시오</translation>
    </message>
    <message>
        <source>open one first</source>
        <translation>먼저 영상을 여십시오</translation>
    </message>
    <message>
        <source>open the clip again</source>
        <translation>영상을 다시 여십시오</translation>
    </message>
    <message>
        <source>choose another file</source>
        <translation>다른 파일을 고르십시오</translation>
    </message>
    <message>
        <source>ask its owner, or choose another file</source>
        <translation>파일 소유자에게 문의하거나 다른 파일을 고르십시오</translation>
    </message>
    <message>
        <source>convert it to H.264, H.265 or MJPEG</source>
        <translation>H.264, H.265 또는 MJPEG로 변환하십시오</translation>
    </message>
    <message>
        <source>install VLC; on Debian and Ubuntu the packages libvlc5 and vlc-plugin-base</source>
        <translation>VLC를 설치하십시오. Debian과 Ubuntu에서는 libvlc5와 vlc-plugin-base 패키지</translation>
    </message>
    <message>
        <source>setting {scope}/{key}</source>
        <translation>설정 {scope}/{key}</translation>
    </message>
    <message>
        <source>this cannot be written as JSON</source>
        <translation>JSON으로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>its department is not in the directory</source>
        <translation>관리 부서가 목록에 없습니다</translation>
    </message>
    <message>
        <source>its site is not in the directory</source>
        <translation>설치 지점이 목록에 없습니다</translation>
    </message>
    <message>
        <source>a camera&apos;s number is a whole number from 1</source>
        <translation>카메라 번호는 1 이상의 정수여야 합니다</translation>
    </message>
    <message>
        <source>two cameras would have this number</source>
        <translation>카메라 번호가 겹칩니다</translation>
    </message>
    <message>
        <source>the bearing is not a number</source>
        <translation>방위가 숫자가 아닙니다</translation>
    </message>
    <message>
        <source>latitude and longitude go together</source>
        <translation>위도와 경도는 함께 있어야 합니다</translation>
    </message>
    <message>
        <source>latitude and longitude are not numbers</source>
        <translation>위도와 경도가 숫자가 아닙니다</translation>
    </message>
    <message>
        <source>its address contains a user name or a password</source>
        <translation>주소에 사용자 이름이나 비밀번호가 들어 있습니다</translation>
    </message>
    <message>
        <source>name or password is wrong</source>
        <translation>이름 또는 비밀번호가 틀립니다</translation>
    </message>
    <message>
        <source>there is an operator of this name</source>
        <translation>같은 이름의 운영자가 있습니다</translation>
    </message>
    <message>
        <source>an operator has a role that this version does not know</source>
        <translation>이 버전이 모르는 역할을 가진 운영자가 있습니다</translation>
    </message>
    <message>
        <source>the name is empty</source>
        <translation>이름이 비어 있습니다</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>이름이 너무 깁니다</translation>
    </message>
    <message>
        <source>the name contains a character that cannot be seen</source>
        <translation>이름에 보이지 않는 문자가 있습니다</translation>
    </message>
    <message>
        <source>the password is too short</source>
        <translation>비밀번호가 너무 짧습니다</translation>
    </message>
    <message>
        <source>the password is too long</source>
        <translation>비밀번호가 너무 깁니다</translation>
    </message>
    <message>
        <source>the password is the name</source>
        <translation>비밀번호가 이름과 같습니다</translation>
    </message>
    <message>
        <source>the profile folder cannot be read or written</source>
        <translation>프로파일 폴더를 읽거나 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>the file of camera passwords was changed, or its key is another one</source>
        <translation>카메라 비밀번호 파일이 바뀌었거나 그 키가 다릅니다</translation>
    </message>
    <message>
        <source>the camera passwords cannot be read or written: {reason}</source>
        <translation>카메라 비밀번호를 읽거나 쓸 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>unknown place for passwords</source>
        <translation>알 수 없는 비밀번호 보관 위치입니다</translation>
    </message>
    <message>
        <source>this system has no keyring</source>
        <translation>이 시스템에는 키링이 없습니다</translation>
    </message>
    <message>
        <source>the keyring does not answer</source>
        <translation>키링이 응답하지 않습니다</translation>
    </message>
    <message>
        <source>the keyring refuses</source>
        <translation>키링이 거부합니다</translation>
    </message>
    <message>
        <source>the keyring does not give back what was put in</source>
        <translation>키링이 저장한 값을 돌려주지 않습니다</translation>
    </message>
    <message>
        <source>sign in first</source>
        <translation>먼저 로그인하세요</translation>
    </message>
    <message>
        <source>ask a supervisor or an administrator</source>
        <translation>근무조장이나 시스템 관리자에게 요청하세요</translation>
    </message>
    <message>
        <source>ask an administrator for an account</source>
        <translation>시스템 관리자에게 계정을 요청하세요</translation>
    </message>
    <message>
        <source>try again, or ask an administrator</source>
        <translation>다시 시도하거나 시스템 관리자에게 문의하세요</translation>
    </message>
    <message>
        <source>free the disk or call the administrator</source>
        <translation>디스크 공간을 비우거나 시스템 관리자를 부르세요</translation>
    </message>
    <message>
        <source>free some space</source>
        <translation>디스크 공간을 비우세요</translation>
    </message>
    <message>
        <source>free some space; the console goes on by itself</source>
        <translation>디스크 공간을 비우면 콘솔이 저절로 이어갑니다</translation>
    </message>
    <message>
        <source>see the log</source>
        <translation>로그를 확인하세요</translation>
    </message>
    <message>
        <source>choose another with --profile DIR</source>
        <translation>--profile DIR로 다른 폴더를 지정하세요</translation>
    </message>
    <message>
        <source>choose one of {choices}</source>
        <translation>{choices} 중에서 고르세요</translation>
    </message>
    <message>
        <source>choose another name</source>
        <translation>다른 이름을 쓰세요</translation>
    </message>
    <message>
        <source>choose another one</source>
        <translation>다른 것을 쓰세요</translation>
    </message>
    <message>
        <source>give another one</source>
        <translation>다른 번호를 쓰세요</translation>
    </message>
    <message>
        <source>enter a name</source>
        <translation>이름을 입력하세요</translation>
    </message>
    <message>
        <source>type it anew</source>
        <translation>다시 입력하세요</translation>
    </message>
    <message>
        <source>use at least {count} characters</source>
        <translation>{count}자 이상 쓰세요</translation>
    </message>
    <message>
        <source>use at most {count} characters</source>
        <translation>{count}자 이하로 쓰세요</translation>
    </message>
    <message>
        <source>connect the monitor, then try again</source>
        <translation>모니터를 연결한 뒤 다시 시도하세요</translation>
    </message>
    <message>
        <source>write rtsp://host:port/path</source>
        <translation>rtsp://host:port/path 형식으로 쓰세요</translation>
    </message>
    <message>
        <source>write http://host:port/onvif/device_service</source>
        <translation>http://host:port/onvif/device_service 형식으로 쓰세요</translation>
    </message>
    <message>
        <source>enter them in their own fields</source>
        <translation>해당 입력란에 따로 쓰세요</translation>
    </message>
    <message>
        <source>enter that address as the camera&apos;s own</source>
        <translation>그 주소를 카메라 주소로 등록하세요</translation>
    </message>
    <message>
        <source>set the camera&apos;s clock, or let it ask a time server</source>
        <translation>카메라 시각을 맞추거나 시간 서버를 쓰게 하세요</translation>
    </message>
    <message>
        <source>install its authority, or use http</source>
        <translation>인증 기관 인증서를 설치하거나 http를 쓰세요</translation>
    </message>
    <message>
        <source>try http</source>
        <translation>http로 시도하세요</translation>
    </message>
    <message>
        <source>make the file and its folder writable for this user</source>
        <translation>이 사용자가 파일과 폴더에 쓸 수 있게 하세요</translation>
    </message>
    <message>
        <source>make the file readable and writable for this user</source>
        <translation>이 사용자가 파일을 읽고 쓸 수 있게 하세요</translation>
    </message>
    <message>
        <source>make the folder writable for this user</source>
        <translation>이 사용자가 폴더에 쓸 수 있게 하세요</translation>
    </message>
    <message>
        <source>close other programs that use it</source>
        <translation>사용 중인 다른 프로그램을 닫으세요</translation>
    </message>
    <message>
        <source>put back the newest backup</source>
        <translation>가장 최근 백업을 복원하세요</translation>
    </message>
    <message>
        <source>put back a backup</source>
        <translation>백업을 복원하세요</translation>
    </message>
    <message>
        <source>give another file, or move this one away</source>
        <translation>다른 파일을 지정하거나 이 파일을 옮기세요</translation>
    </message>
    <message>
        <source>check that the folder exists and may be read</source>
        <translation>폴더가 있고 읽을 수 있는지 확인하세요</translation>
    </message>
    <message>
        <source>check the disk and its free space</source>
        <translation>디스크와 남은 공간을 확인하세요</translation>
    </message>
    <message>
        <source>keep it on a disk of this computer</source>
        <translation>이 컴퓨터의 디스크에 두세요</translation>
    </message>
    <message>
        <source>shorten it</source>
        <translation>짧게 줄이세요</translation>
    </message>
    <message>
        <source>give another place</source>
        <translation>다른 위치를 지정하세요</translation>
    </message>
    <message>
        <source>give sqlite:///path</source>
        <translation>sqlite:///path 형식으로 지정하세요</translation>
    </message>
    <message>
        <source>install that version, or give another database</source>
        <translation>그 버전을 설치하거나 다른 데이터베이스를 지정하세요</translation>
    </message>
    <message>
        <source>save it anew</source>
        <translation>다시 저장하세요</translation>
    </message>
    <message>
        <source>add ?centre=CODE, of small letters, digits, - and _</source>
        <translation>소문자, 숫자, -, _로 된 ?centre=코드를 덧붙이세요</translation>
    </message>
    <message>
        <source>give the password with `gwanje records password`, or in the file that PGPASSFILE names</source>
        <translation>`gwanje records password`로 비밀번호를 넣거나 PGPASSFILE이 가리키는 파일에 적으세요</translation>
    </message>
    <message>
        <source>write postgresql://user@host/database</source>
        <translation>postgresql://사용자@서버/데이터베이스 형식으로 쓰세요</translation>
    </message>
    <message>
        <source>write sslmode=verify-full</source>
        <translation>sslmode=verify-full로 쓰세요</translation>
    </message>
    <message>
        <source>give postgresql://user@host/database</source>
        <translation>postgresql://사용자@서버/데이터베이스를 지정하세요</translation>
    </message>
    <message>
        <source>tell its administrator</source>
        <translation>서버 관리자에게 알리세요</translation>
    </message>
    <message>
        <source>tell its administrator which rights are missing</source>
        <translation>어떤 권한이 없는지 서버 관리자에게 알리세요</translation>
    </message>
    <message>
        <source>check the server and the network</source>
        <translation>서버와 네트워크를 확인하세요</translation>
    </message>
    <message>
        <source>check address, network, certificate, user and password</source>
        <translation>주소, 네트워크, 인증서, 사용자와 비밀번호를 확인하세요</translation>
    </message>
    <message>
        <source>run `gwanje records verify`</source>
        <translation>`gwanje records verify`를 실행하세요</translation>
    </message>
    <message>
        <source>put back both it and {key} from one backup, or move both away and enter the passwords again</source>
        <translation>같은 백업에서 이 파일과 {key} 파일을 함께 복원하거나, 둘 다 옮기고 비밀번호를 다시 입력하세요</translation>
    </message>
    <message>
        <source>check the folder&apos;s permissions and the free space</source>
        <translation>폴더 권한과 남은 공간을 확인하세요</translation>
    </message>
    <message>
        <source>unlock it, then try again</source>
        <translation>잠금을 푼 뒤 다시 시도하세요</translation>
    </message>
    <message>
        <source>write file or keyring</source>
        <translation>file 또는 keyring으로 쓰세요</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>arrangement</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>arrangement, window {window}</source>
        <translation>배치, 창 {window}</translation>
    </message>
    <message>
        <source>camera {number}</source>
        <translation>카메라 {number}</translation>
    </message>
    <message>
        <source>site {site}</source>
        <translation>설치 지점 {site}</translation>
    </message>
    <message>
        <source>keyring</source>
        <translation>키링</translation>
    </message>
    <message>
        <source>operators</source>
        <translation>운영자</translation>
    </message>
    <message>
        <source>audit row</source>
        <translation>감사 기록</translation>
    </message>
    <message>
        <source>details of {action}</source>
        <translation>{action} 세부 내용</translation>
    </message>
    <message>
        <source>database</source>
        <translation>데이터베이스</translation>
    </message>
    <message>
        <source>secrets</source>
        <translation>비밀번호 보관소</translation>
    </message>
    <message>
        <source>files</source>
        <translation>파일</translation>
    </message>
</context>
<context>
    <name>HelpBox</name>
    <message>
        <source>Help and keys</source>
        <translation>도움말과 단축키</translation>
    </message>
    <message>
        <source>digits, then Enter</source>
        <translation>숫자 입력 후 Enter</translation>
    </message>
    <message>
        <source>show the camera with this number on the selected tile</source>
        <translation>그 번호의 카메라를 선택한 화면 칸에 표시</translation>
    </message>
    <message>
        <source>arrow keys</source>
        <translation>화살표 키</translation>
    </message>
    <message>
        <source>select another tile</source>
        <translation>다른 화면 칸 선택</translation>
    </message>
    <message>
        <source>Enter / Esc</source>
        <translation>Enter / Esc</translation>
    </message>
    <message>
        <source>enlarge the tile / back to the layout</source>
        <translation>화면 칸 확대 / 화면 분할로 돌아가기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>still picture</source>
        <translation>정지 영상 저장</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>clear the tile</source>
        <translation>화면 칸 비우기</translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation>Shift + 화살표 키</translation>
    </message>
    <message>
        <source>move the camera while held</source>
        <translation>누르는 동안 카메라 이동</translation>
    </message>
    <message>
        <source>Shift + Page up / Page down</source>
        <translation>Shift + Page Up / Page Down</translation>
    </message>
    <message>
        <source>zoom while held</source>
        <translation>누르는 동안 확대/축소</translation>
    </message>
    <message>
        <source>drag on the enlarged picture</source>
        <translation>확대한 영상에서 끌기</translation>
    </message>
    <message>
        <source>move the camera with the mouse, wheel to zoom</source>
        <translation>마우스로 카메라 이동, 휠로 확대/축소</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>조작</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>운영자</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>Log</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>What is done at this console appears here as it happens.</source>
        <translation>이 콘솔에서 한 조작이 바로 여기에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Drawing the map…</source>
        <translation>지도를 그리는 중…</translation>
    </message>
    <message>
        <source>The map cannot be drawn: %1</source>
        <translation>지도를 그릴 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The map did not load; it is being loaded again.</source>
        <translation>지도를 읽지 못해 다시 읽는 중입니다.</translation>
    </message>
    <message>
        <source>The map did not start; it is being loaded again.</source>
        <translation>지도가 시작되지 않아 다시 읽는 중입니다.</translation>
    </message>
    <message>
        <source>The map stopped; it is being drawn again. The cameras are not affected.</source>
        <translation>지도가 멈춰 다시 그리는 중입니다. 카메라 영상에는 영향이 없습니다.</translation>
    </message>
    <message>
        <source>Map of cameras. Arrows move it, plus and minus zoom, Tab walks the cameras, Enter shows one.</source>
        <translation>카메라 지도. 화살표로 이동, 더하기·빼기로 확대/축소, Tab으로 카메라 선택, Enter로 표시.</translation>
    </message>
    <message>
        <source>can be moved</source>
        <translation>조작 가능</translation>
    </message>
    <message>
        <source>on the wall</source>
        <translation>상황판 표시 중</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대 (+)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>축소 (-)</translation>
    </message>
    <message>
        <source>Show all cameras (Home)</source>
        <translation>모든 카메라 보기 (Home)</translation>
    </message>
    <message>
        <source>%1 cameras, most urgent: %2</source>
        <translation>카메라 %1대, 가장 급한 상태: %2</translation>
    </message>
    <message>
        <source>No cameras yet. They appear here once they are added.</source>
        <translation>아직 카메라가 없습니다. 추가하면 여기에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>OutputsBox</name>
    <message>
        <source>Monitors</source>
        <translation>모니터</translation>
    </message>
    <message>
        <source>A layout can fill any monitor; it is there again after a restart.</source>
        <translation>모니터마다 화면 분할을 가득 띄울 수 있고, 다시 시작해도 그대로 나타납니다.</translation>
    </message>
    <message>
        <source>%1 (not connected, waiting)</source>
        <translation>%1 (연결 안 됨, 대기 중)</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>화면 분할</translation>
    </message>
    <message>
        <source>Fill it</source>
        <translation>띄우기</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>PaletteBox</name>
    <message>
        <source>Camera number, name or place, layout, action</source>
        <translation>카메라 번호·이름·장소, 화면 분할, 조작</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>통합 찾기</translation>
    </message>
    <message>
        <source>Nothing has this name. Try a part of it.</source>
        <translation>이런 이름이 없습니다. 일부만 입력해 보세요.</translation>
    </message>
</context>
<context>
    <name>PanelTitle</name>
    <message>
        <source>Hide %1</source>
        <translation>%1 숨기기</translation>
    </message>
</context>
<context>
    <name>PtzPanel</name>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>PTZ presets</source>
        <translation>프리셋 위치</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>원위치</translation>
    </message>
    <message>
        <source>Name of a new PTZ preset</source>
        <translation>새 프리셋 위치 이름</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Up left</source>
        <translation>왼쪽 위</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>위</translation>
    </message>
    <message>
        <source>Up right</source>
        <translation>오른쪽 위</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>Down left</source>
        <translation>왼쪽 아래</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>아래</translation>
    </message>
    <message>
        <source>Down right</source>
        <translation>오른쪽 아래</translation>
    </message>
    <message>
        <source>%1: hold to move, let go to stop</source>
        <translation>%1: 누르는 동안 이동, 놓으면 정지</translation>
    </message>
    <message>
        <source>Stop the camera now</source>
        <translation>카메라 즉시 정지</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>No camera selected</source>
        <translation>선택한 카메라 없음</translation>
    </message>
    <message>
        <source>Select a tile to move its camera.</source>
        <translation>화면 칸을 선택하면 그 카메라를 조작할 수 있습니다.</translation>
    </message>
    <message>
        <source>This camera cannot be moved.</source>
        <translation>조작할 수 없는 고정 카메라입니다.</translation>
    </message>
    <message>
        <source>Your role does not allow moving cameras.</source>
        <translation>이 역할로는 카메라를 조작할 수 없습니다.</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>이동 중</translation>
    </message>
    <message>
        <source>Purpose: %1. Move it for this purpose only.</source>
        <translation>설치 목적: %1. 이 목적으로만 조작하세요.</translation>
    </message>
</context>
<context>
    <name>Purposes</name>
    <message>
        <source>crime prevention</source>
        <translation>생활방범</translation>
    </message>
    <message>
        <source>child protection</source>
        <translation>어린이보호</translation>
    </message>
    <message>
        <source>waste dumping</source>
        <translation>쓰레기단속</translation>
    </message>
    <message>
        <source>illegal parking</source>
        <translation>불법 주정차 단속</translation>
    </message>
    <message>
        <source>traffic</source>
        <translation>교통정보 수집</translation>
    </message>
    <message>
        <source>disaster</source>
        <translation>재난재해</translation>
    </message>
    <message>
        <source>fire watch</source>
        <translation>산불감시</translation>
    </message>
    <message>
        <source>facility</source>
        <translation>시설물관리</translation>
    </message>
    <message>
        <source>heritage</source>
        <translation>국가유산 보호</translation>
    </message>
    <message>
        <source>theft</source>
        <translation>도난 방지</translation>
    </message>
</context>
<context>
    <name>RemoveCameraBox</name>
    <message>
        <source>Remove this camera?</source>
        <translation>이 카메라를 삭제할까요?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Select its tile first.</source>
        <translation>먼저 카메라가 있는 화면 칸을 선택하세요.</translation>
    </message>
    <message>
        <source>%1 leaves the directory and every tile, and its password is deleted. The log keeps its rows.</source>
        <translation>%1: 카메라 목록과 모든 화면 칸에서 빠지고 비밀번호도 지워집니다. 기록은 그대로 남습니다.</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Operator</source>
        <translation>운영자</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>비밀번호 확인</translation>
    </message>
    <message>
        <source>There is no operator yet. The first one administers the cameras and leads the shift.</source>
        <translation>아직 운영자가 없습니다. 첫 운영자가 카메라를 관리하고 근무조를 이끕니다.</translation>
    </message>
    <message>
        <source>Create and sign in</source>
        <translation>만들고 로그인</translation>
    </message>
    <message>
        <source>Sign in to your seat.</source>
        <translation>이 자리에 로그인하세요.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>두 비밀번호가 다릅니다.</translation>
    </message>
</context>
<context>
    <name>StatisticsPanel</name>
    <message>
        <source>Pictures per second</source>
        <translation>초당 프레임 수</translation>
    </message>
    <message>
        <source>seconds ago</source>
        <translation>초 전</translation>
    </message>
    <message>
        <source>painted/s</source>
        <translation>표시/초</translation>
    </message>
    <message>
        <source>Mbit/s × 10</source>
        <translation>Mbit/s × 10</translation>
    </message>
    <message>
        <source>delay, ms ÷ 10</source>
        <translation>지연, ms ÷ 10</translation>
    </message>
    <message>
        <source>Select a tile to see its stream.</source>
        <translation>화면 칸을 선택하면 스트림 상태가 나타납니다.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>nobody signed in</source>
        <translation>로그인한 운영자 없음</translation>
    </message>
    <message>
        <source>record: this console</source>
        <translation>기록: 이 콘솔</translation>
    </message>
    <message>
        <source>passwords: keyring</source>
        <translation>비밀번호: 키링</translation>
    </message>
    <message>
        <source>passwords: file</source>
        <translation>비밀번호: 파일</translation>
    </message>
    <message>
        <source>the record cannot be written, %1 rows wait</source>
        <translation>기록을 쓸 수 없음, %1건 대기</translation>
    </message>
    <message>
        <source>live %1 of %2</source>
        <translation>실시간 %1/%2</translation>
    </message>
    <message>
        <source>Cameras that are live, and the median time from a picture&apos;s arrival to the screen</source>
        <translation>실시간 카메라 수와, 영상이 도착해 화면에 나오기까지 걸린 시간의 중앙값</translation>
    </message>
    <message>
        <source>moving camera %1</source>
        <translation>%1번 카메라 조작 중</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Find anything  Ctrl+K</source>
        <translation>통합 찾기  Ctrl+K</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>메뉴 (F10)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>Video wall</source>
        <translation>영상 상황판</translation>
    </message>
    <message>
        <source>Tile {number}</source>
        <translation>화면 칸 {number}</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>requested</source>
        <translation>요청됨</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>결과 불명</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>관제요원</translation>
    </message>
    <message>
        <source>police officer</source>
        <translation>경찰관</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>근무조장</translation>
    </message>
    <message>
        <source>privacy officer</source>
        <translation>영상정보 관리책임자</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>시스템 관리자</translation>
    </message>
    <message>
        <source>partner viewer</source>
        <translation>협력기관 열람자</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>PTZ</source>
        <translation>PTZ</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>통계</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>통합 찾기</translation>
    </message>
    <message>
        <source>Monitors</source>
        <translation>모니터</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>About gwanje</source>
        <translation>gwanje 정보</translation>
    </message>
    <message>
        <source>Recorded clip</source>
        <translation>녹화 영상</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Create the first administrator</source>
        <translation>첫 관리자 등록</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Show camera</source>
        <translation>카메라 표시</translation>
    </message>
    <message>
        <source>Clear tile</source>
        <translation>화면 칸 비우기</translation>
    </message>
    <message>
        <source>Clear the wall</source>
        <translation>상황판 비우기</translation>
    </message>
    <message>
        <source>Swap tiles</source>
        <translation>화면 칸 맞바꾸기</translation>
    </message>
    <message>
        <source>Change layout</source>
        <translation>화면 분할 변경</translation>
    </message>
    <message>
        <source>Enlarge tile</source>
        <translation>화면 칸 확대</translation>
    </message>
    <message>
        <source>Back to the layout</source>
        <translation>화면 분할로 돌아가기</translation>
    </message>
    <message>
        <source>Undo wall change</source>
        <translation>상황판 변경 되돌리기</translation>
    </message>
    <message>
        <source>Still picture</source>
        <translation>정지 영상 저장</translation>
    </message>
    <message>
        <source>Try the camera again</source>
        <translation>카메라 다시 연결</translation>
    </message>
    <message>
        <source>Open wall window</source>
        <translation>상황판 창 열기</translation>
    </message>
    <message>
        <source>Close wall window</source>
        <translation>상황판 창 닫기</translation>
    </message>
    <message>
        <source>Open clip</source>
        <translation>녹화 영상 열기</translation>
    </message>
    <message>
        <source>Play clip</source>
        <translation>녹화 영상 재생</translation>
    </message>
    <message>
        <source>Pause clip</source>
        <translation>녹화 영상 일시 정지</translation>
    </message>
    <message>
        <source>Step in clip</source>
        <translation>녹화 영상 한 화면 이동</translation>
    </message>
    <message>
        <source>Seek in clip</source>
        <translation>녹화 영상 시각 이동</translation>
    </message>
    <message>
        <source>Speed of clip</source>
        <translation>녹화 영상 속도</translation>
    </message>
    <message>
        <source>Still picture of clip</source>
        <translation>녹화 영상 정지 화면</translation>
    </message>
    <message>
        <source>Move camera</source>
        <translation>카메라 이동</translation>
    </message>
    <message>
        <source>Stop camera</source>
        <translation>카메라 정지</translation>
    </message>
    <message>
        <source>Go to PTZ preset</source>
        <translation>프리셋 위치로 이동</translation>
    </message>
    <message>
        <source>Go to home position</source>
        <translation>원위치로 이동</translation>
    </message>
    <message>
        <source>Store PTZ preset</source>
        <translation>프리셋 위치 저장</translation>
    </message>
    <message>
        <source>Statistics on the tiles</source>
        <translation>화면 칸에 통계 표시</translation>
    </message>
    <message>
        <source>Add camera</source>
        <translation>카메라 추가</translation>
    </message>
    <message>
        <source>Add district</source>
        <translation>관할 구역 추가</translation>
    </message>
    <message>
        <source>Remove camera</source>
        <translation>카메라 삭제</translation>
    </message>
    <message>
        <source>Show or hide panel</source>
        <translation>패널 표시/숨김</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>화면 밝기</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>%1 → %2 fps, %3 Mbit/s</source>
        <translation>%1 → %2 fps, %3 Mbit/s</translation>
    </message>
    <message>
        <source>main stream</source>
        <translation>주 스트림</translation>
    </message>
    <message>
        <source>sub stream</source>
        <translation>보조 스트림</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>delay %1 ms, p99 %2 ms</source>
        <translation>지연 %1 ms, p99 %2 ms</translation>
    </message>
    <message>
        <source>lost %1, damaged %2, errors %3</source>
        <translation>손실 %1, 손상 %2, 오류 %3</translation>
    </message>
</context>
<context>
    <name>outputs</name>
    <message>
        <source>Monitor {number}: {make}, {width} × {height}</source>
        <translation>모니터 {number}: {make}, {width} × {height}</translation>
    </message>
</context>
<context>
    <name>tile</name>
    <message>
        <source>no camera {number}</source>
        <translation>{number}번 카메라 없음</translation>
    </message>
    <message>
        <source>camera {number} cannot be moved</source>
        <translation>{number}번 카메라는 조작할 수 없음</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Back to the layout</source>
        <translation>화면 분할로 돌아가기</translation>
    </message>
    <message>
        <source>Keep a still picture</source>
        <translation>정지 영상 저장</translation>
    </message>
    <message>
        <source>Try the camera again</source>
        <translation>카메라 다시 연결</translation>
    </message>
    <message>
        <source>Turn the camera to its home position</source>
        <translation>카메라 원위치</translation>
    </message>
    <message>
        <source>Clear the tile</source>
        <translation>화면 칸 비우기</translation>
    </message>
    <message>
        <source>connected; the first whole picture comes within seconds</source>
        <translation>연결됨. 몇 초 안에 첫 화면이 나옵니다</translation>
    </message>
    <message>
        <source>Drag a camera here, or type its number and Enter</source>
        <translation>카메라를 끌어다 놓거나 번호를 입력하고 Enter</translation>
    </message>
    <message>
        <source>This camera is no longer in the directory. Press Delete to clear the tile</source>
        <translation>카메라 목록에서 삭제된 카메라입니다. Delete를 눌러 화면 칸을 비우세요</translation>
    </message>
    <message>
        <source>Pull the picture to move · wheel to zoom · Home · Esc goes back</source>
        <translation>영상을 끌어 이동 · 휠로 확대/축소 · Home 원위치 · Esc 돌아가기</translation>
    </message>
    <message>
        <source>Esc goes back</source>
        <translation>Esc 돌아가기</translation>
    </message>
    <message>
        <source>Try the camera again (R)</source>
        <translation>카메라 다시 연결 (R)</translation>
    </message>
    <message>
        <source>Enlarge (Enter)</source>
        <translation>확대 (Enter)</translation>
    </message>
    <message>
        <source>Keep a still picture (Space)</source>
        <translation>정지 영상 저장 (Space)</translation>
    </message>
    <message>
        <source>Clear the tile (Delete)</source>
        <translation>화면 칸 비우기 (Delete)</translation>
    </message>
    <message>
        <source>Back to the layout (Esc)</source>
        <translation>화면 분할로 돌아가기 (Esc)</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Not open</source>
        <translation>연결 전</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>Waiting for a picture</source>
        <translation>영상 대기</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>재연결</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>Not watched</source>
        <translation>미표출</translation>
    </message>
    <message>
        <source>The camera refuses the password</source>
        <translation>카메라가 비밀번호를 거부합니다</translation>
    </message>
    <message>
        <source>The camera sends a kind of video that cannot be shown</source>
        <translation>표시할 수 없는 형식의 영상입니다</translation>
    </message>
    <message>
        <source>The camera refuses the connection</source>
        <translation>카메라가 연결을 거부합니다</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>카메라가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>The camera is connected but sends nothing</source>
        <translation>연결되었지만 영상이 오지 않습니다</translation>
    </message>
    <message>
        <source>The camera repeats the same picture</source>
        <translation>같은 화면만 반복됩니다</translation>
    </message>
    <message>
        <source>The pictures arrive broken</source>
        <translation>영상이 깨져서 들어옵니다</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>연결이 끊겼습니다</translation>
    </message>
    <message>
        <source>The decoder stopped and starts again</source>
        <translation>영상 처리가 멈춰 다시 시작합니다</translation>
    </message>
    <message>
        <source>The camera has no stream address</source>
        <translation>스트림 주소가 없는 카메라입니다</translation>
    </message>
    <message>
        <source>The answer of the camera cannot be understood</source>
        <translation>카메라의 응답을 이해할 수 없습니다</translation>
    </message>
    <message>
        <source>Only key frames are decoded; the next one is awaited</source>
        <translation>키 프레임만 표시하며 다음 키 프레임을 기다리는 중입니다</translation>
    </message>
    <message>
        <source>Press R or the ↻ button to try again.</source>
        <translation>R 또는 ↻ 버튼을 누르면 다시 연결합니다.</translation>
    </message>
    <message>
        <source>Have its password corrected, then press R or the ↻ button.</source>
        <translation>비밀번호를 바로잡은 뒤 R 또는 ↻ 버튼을 누르세요.</translation>
    </message>
    <message>
        <source>Have it set to H.264 or H.265, then press R or the ↻ button.</source>
        <translation>H.264 또는 H.265로 설정한 뒤 R 또는 ↻ 버튼을 누르세요.</translation>
    </message>
    <message>
        <source>Have a stream address entered for it.</source>
        <translation>스트림 주소를 등록해야 합니다.</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>손상</translation>
    </message>
    <message>
        <source>Damaged: parts may be wrong</source>
        <translation>영상 손상: 일부가 사실과 다를 수 있음</translation>
    </message>
    <message>
        <source>Clock jump</source>
        <translation>시각 오류</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Late: the pictures are seconds old</source>
        <translation>지연: 몇 초 전의 영상임</translation>
    </message>
    <message>
        <source>Sub stream</source>
        <translation>보조 스트림</translation>
    </message>
    <message>
        <source>The stream&apos;s clock jumped</source>
        <translation>스트림의 시각이 건너뜀</translation>
    </message>
    <message>
        <source>Sub stream: the main one does not come</source>
        <translation>보조 스트림: 주 스트림이 오지 않음</translation>
    </message>
    <message>
        <source>Key frames</source>
        <translation>키 프레임</translation>
    </message>
    <message>
        <source>Key frames only: machine overloaded</source>
        <translation>키 프레임만 표시: 장비 과부하</translation>
    </message>
    <message>
        <source>Half rate</source>
        <translation>절반 속도</translation>
    </message>
    <message>
        <source>Half the pictures: machine overloaded</source>
        <translation>프레임 절반만 표시: 장비 과부하</translation>
    </message>
    <message>
        <source>Sub stream: enough main ones are open</source>
        <translation>보조 스트림: 열 수 있는 주 스트림을 모두 사용 중</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n}초</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n}분</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n}시간</translation>
    </message>
    <message>
        <source>no new picture for {age}</source>
        <translation>{age}째 새 영상 없음</translation>
    </message>
    <message>
        <source>Snapshot, {age} old: not live</source>
        <translation>스냅샷({age} 전), 실시간 아님</translation>
    </message>
</context>
</TS>
