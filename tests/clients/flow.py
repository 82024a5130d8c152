"""Real clients, unchanged but for their endpoint, go through the life of a server on a Twin.

    python3 tests/clients/flow.py URL          # of a running `proofhouse twin`

Needs python-novaclient, or huaweicloudsdkecs, or both; exits with 77 and says so where neither is there.
"""

import importlib.util
import json
import sys
import urllib.request


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data)) as answer:
        return json.load(answer)


class Twin:
    def __init__(self, url):
        self.url = url
        self.lent = {name: values[0] for name, values in ask(url + "/-/lent").items() if values}

    def wait(self, seconds):
        ask(self.url + "/-/clock", {"advance_seconds": seconds})


def equal(seen, expected):
    if seen != expected:
        raise SystemExit(f"expected {expected!r}, seen {seen!r}")


def nova(twin):
    from keystoneauth1 import session
    from keystoneauth1.identity import v3
    from novaclient import client, exceptions

    lent = twin.lent
    password = v3.Password(
        auth_url=twin.url + "/v3", username=lent["user_name"], password=lent["password"],
        user_domain_name="twin-domain", project_name="home", project_domain_name="twin-domain")
    nova = client.Client("2.26", session=session.Session(auth=password))

    server = nova.servers.create(
        "client", lent["imageRef"], "s3.medium.2", nics=[{"net-id": lent["net_id"]}], key_name="keypair-twin")
    equal(nova.servers.get(server.id).status, "BUILD")
    twin.wait(5)
    equal(nova.servers.get(server.id).status, "ACTIVE")
    equal(nova.servers.update(server.id, name="renamed").name, "renamed")
    for act, status in [(nova.servers.stop, "SHUTOFF"), (nova.servers.start, "ACTIVE"), (nova.servers.reboot, "ACTIVE")]:
        act(server.id)
        twin.wait(5)
        equal(nova.servers.get(server.id).status, status)
    volume = lent["volumeId"]
    nova.volumes.create_server_volume(server.id, volume)
    equal([known.volumeId for known in nova.volumes.get_server_volumes(server.id)], [volume])
    nova.volumes.delete_server_volume(server.id, volume)
    equal(nova.volumes.get_server_volumes(server.id), [])
    nova.servers.set_tags(server.id, ["green", "black"])
    equal(nova.servers.tag_list(server.id), ["green", "black"])
    nova.servers.set_meta(server.id, {"tea": "green"})
    equal(nova.servers.get(server.id).metadata["tea"], "green")
    nova.servers.resize(server.id, "s3.large.2")
    twin.wait(5)
    equal(nova.servers.get(server.id).status, "VERIFY_RESIZE")
    nova.servers.confirm_resize(server.id)
    everybody = {known.id for known in nova.servers.list(limit=2)} | {known.id for known in nova.servers.list()}
    equal(server.id in everybody, True)
    nova.servers.delete(server.id)
    try:
        nova.servers.get(server.id)
    except exceptions.NotFound:
        return
    raise SystemExit("the server is still there")


def vendor(twin):
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
    from huaweicloudsdkecs.v2 import EcsClient
    import huaweicloudsdkecs.v2 as ecs

    lent = twin.lent
    credentials = BasicCredentials(lent["access_key"], lent["secret_key"], lent["project_id"])
    client = EcsClient.new_builder().with_credentials(credentials).with_endpoint(twin.url).build()

    def finish(answer):
        equal(client.show_job(ecs.ShowJobRequest(job_id=answer.job_id)).status, "INIT")
        twin.wait(10)
        job = client.show_job(ecs.ShowJobRequest(job_id=answer.job_id))
        equal(job.status, "SUCCESS")
        return job

    wanted = ecs.PostPaidServer(
        image_ref=lent["imageRef"], flavor_ref="s3.large.2", name="client", vpcid=lent["vpcid"],
        nics=[ecs.PostPaidServerNic(subnet_id=lent["subnet_id"])],
        root_volume=ecs.PostPaidServerRootVolume(volumetype="SSD", size=40))
    job = finish(client.create_post_paid_servers(
        ecs.CreatePostPaidServersRequest(body=ecs.CreatePostPaidServersRequestBody(server=wanted))))
    server = job.entities.sub_jobs[0].entities.server_id
    show = lambda: client.nova_show_server(ecs.NovaShowServerRequest(server_id=server)).server
    equal(show().status, "ACTIVE")
    one = [ecs.ServerId(id=server)]
    stop = ecs.BatchStopServersRequestBody(os_stop=ecs.BatchStopServersOption(type="SOFT", servers=one))
    finish(client.batch_stop_servers(ecs.BatchStopServersRequest(body=stop)))
    equal(show().status, "SHUTOFF")
    volume = ecs.AttachServerVolumeOption(volume_id=lent["volumeId"])
    finish(client.attach_server_volume(ecs.AttachServerVolumeRequest(
        server_id=server, body=ecs.AttachServerVolumeRequestBody(volume_attachment=volume))))
    finish(client.detach_server_volume(ecs.DetachServerVolumeRequest(server_id=server, volume_id=lent["volumeId"])))
    tag = ecs.BatchCreateServerTagsRequestBody(action="create", tags=[ecs.BatchAddServerTag(key="tea", value="green")])
    client.batch_create_server_tags(ecs.BatchCreateServerTagsRequest(server_id=server, body=tag))
    tags = client.show_server_tags(ecs.ShowServerTagsRequest(server_id=server)).tags
    equal([(known.key, known.value) for known in tags], [("tea", "green")])
    finish(client.delete_servers(ecs.DeleteServersRequest(
        body=ecs.DeleteServersRequestBody(servers=one, delete_volume=True))))
    try:
        show()
    except ClientRequestException as refused:
        equal(refused.status_code, 404)
        return
    raise SystemExit("the server is still there")


def main():
    flows = {"novaclient": nova, "huaweicloudsdkecs": vendor}
    there = [name for name in flows if importlib.util.find_spec(name)]
    if not there:
        print("neither python-novaclient nor huaweicloudsdkecs is installed")
        sys.exit(77)
    for name in there:
        flows[name](Twin(sys.argv[1]))
        print(f"{name}: done")


main()
