"""Real clients, unchanged but for their endpoint, go through the life of a server on a Twin.

    python3 tests/clients/flow.py URL          # of a running `proofhouse twin`

Needs any of python-novaclient, openstacksdk, huaweicloudsdkecs, huaweicloudsdkbms; exits with 77 and says so
where none is there.
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


def stack(twin):
    import openstack

    lent = twin.lent
    compute = openstack.connect(
        auth_url=twin.url + "/v3", username=lent["user_name"], password=lent["password"],
        user_domain_name="twin-domain", project_name="home", project_domain_name="twin-domain",
        compute_endpoint_override=f"{twin.url}/v2.1/{lent['project_id']}").compute

    def settles(act, server, status):
        act(server)
        twin.wait(5)
        equal(compute.get_server(server.id).status, status)

    server = compute.create_server(
        name="client", image_id=lent["imageRef"], flavor_id="s3.medium.2", networks=[{"uuid": lent["net_id"]}])
    twin.wait(5)
    equal(compute.get_server(server.id).status, "ACTIVE")
    equal(compute.update_server(server, name="renamed").name, "renamed")
    settles(compute.stop_server, server, "SHUTOFF")
    settles(compute.start_server, server, "ACTIVE")
    settles(lambda server: compute.reboot_server(server, "SOFT"), server, "ACTIVE")
    volume = lent["volumeId"]
    compute.create_volume_attachment(server, volume_id=volume)
    equal([known.volume_id for known in compute.volume_attachments(server)], [volume])
    compute.delete_volume_attachment(server, volume)
    equal(list(compute.volume_attachments(server)), [])
    equal(compute.set_server_metadata(server, tea="green").metadata["tea"], "green")
    server.set_tags(compute, ["green"])
    equal(server.fetch_tags(compute).tags, ["green"])
    equal(len(list(compute.server_interfaces(server))), 1)
    pair = compute.create_keypair(name="client")
    equal(pair.name in [known.name for known in compute.keypairs()], True)
    compute.delete_keypair(pair)
    group = compute.create_server_group(name="client", policies=["anti-affinity"])
    equal(compute.get_server_group(group.id).name, "client")
    compute.delete_server_group(group)
    settles(lambda server: compute.resize_server(server, "s3.large.2"), server, "VERIFY_RESIZE")
    settles(compute.confirm_server_resize, server, "ACTIVE")
    equal(server.id in {known.id for known in compute.servers(limit=2)}, True)
    compute.delete_server(server)
    twin.wait(5)
    equal(compute.find_server(server.id), None)


def built(builder, twin):
    from huaweicloudsdkcore.auth.credentials import BasicCredentials

    lent = twin.lent
    credentials = BasicCredentials(lent["access_key"], lent["secret_key"], lent["project_id"])
    return builder.with_credentials(credentials).with_endpoint(twin.url).build()


def bare(twin):
    import huaweicloudsdkbms.v1 as bms

    lent = twin.lent
    client = built(bms.BmsClient.new_builder(), twin)

    def finish(answer):
        show = lambda: client.show_job_infos(bms.ShowJobInfosRequest(job_id=answer.job_id)).status
        equal(show(), "INIT")
        twin.wait(10)
        equal(show(), "SUCCESS")

    server = lent["empty_server_id"]
    show = lambda: client.list_bare_metal_server_details(bms.ListBareMetalServerDetailsRequest(server_id=server)).server
    named = bms.ChangeBaremetalNameBody(server=bms.ChangeBaremetalNameServer(name="renamed"))
    renamed = client.change_baremetal_server_name(bms.ChangeBaremetalServerNameRequest(server_id=server, body=named))
    equal((renamed.server.name, show().name), ("renamed", "renamed"))
    volume = bms.VolumeAttachment(volume_id=lent["volumeId"])
    finish(client.attach_baremetal_server_volume(bms.AttachBaremetalServerVolumeRequest(
        server_id=server, body=bms.AttachVolumeBody(volume_attachment=volume))))
    attached = lambda: [known.id for known in show().os_extended_volumesvolumes_attached]
    equal(attached(), [lent["volumeId"]])
    finish(client.detach_baremetal_server_volume(bms.DetachBaremetalServerVolumeRequest(
        server_id=server, attachment_id=lent["volumeId"])))
    equal(attached(), [])
    tag = bms.BatchCreateBaremetalServerTagsRequestBody(
        action="create", tags=[bms.BaremetalServerTag(key="tea", value="green")])
    client.batch_create_baremetal_server_tags(bms.BatchCreateBaremetalServerTagsRequest(server_id=server, body=tag))
    tags = client.show_baremetal_server_tags(bms.ShowBaremetalServerTagsRequest(server_id=server)).tags
    equal(("tea", "green") in [(known.key, known.value) for known in tags], True)


def vendor(twin):
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
    import huaweicloudsdkecs.v2 as ecs

    lent = twin.lent
    client = built(ecs.EcsClient.new_builder(), twin)

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
    flows = {"novaclient": nova, "openstack": stack, "huaweicloudsdkecs": vendor, "huaweicloudsdkbms": bare}
    there = [name for name in flows if importlib.util.find_spec(name)]
    if not there:
        print("none of python-novaclient, openstacksdk, huaweicloudsdkecs, huaweicloudsdkbms is installed")
        sys.exit(77)
    for name in there:
        flows[name](Twin(sys.argv[1]))
        print(f"{name}: done")


main()
