// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BEACON_CHAIN_ETH, IDelegationManager, IEigenPodManager} from "./EigenTypes.sol";

/// A staker's pod. Validators are a count and an amount here: no beacon chain proofs.
contract EigenPod {
    error OnlyEigenPodManager();

    address public immutable eigenPodManager;
    address public immutable podOwner;
    uint256 public activeValidatorCount;
    /// ETH that deposit shares were given for, in wei (the real pod counts whole gwei).
    uint256 internal _counted;

    constructor(address owner) {
        eigenPodManager = msg.sender;
        podOwner = owner;
    }

    receive() external payable {}

    function setActiveValidatorCount(uint256 count) external {
        activeValidatorCount = count;
    }

    /// ETH that already came back to the execution layer. Overstates what may be withdrawn after a
    /// slash by a service, as the real one does.
    function withdrawableRestakedExecutionLayerGwei() external view returns (uint64) {
        return uint64(_counted / 1 gwei);
    }

    /// A checkpoint: what has come in since the last one is counted now.
    function count() external returns (uint256 added) {
        require(msg.sender == eigenPodManager, OnlyEigenPodManager());
        added = address(this).balance - _counted;
        _counted += added;
    }

    function pay(address to, uint256 amount) external {
        require(msg.sender == eigenPodManager, OnlyEigenPodManager());
        _counted -= amount;
        (bool ok,) = to.call{value: amount}("");
        require(ok, "EigenPod: payment refused");
    }
}

/// Native ETH restaked through pods: deposit shares (wei) and the beacon chain's own slashing factor.
contract EigenPodManager is IEigenPodManager {
    event PodDeployed(address indexed eigenPod, address indexed podOwner);
    event PodSharesUpdated(address indexed podOwner, int256 sharesDelta);
    event BeaconChainSlashingFactorDecreased(address staker, uint64 prevFactor, uint64 newFactor);

    error OnlyDelegationManager();
    error SharesAmountTooHigh();
    error NoPod();

    IDelegationManager public immutable delegation;

    mapping(address owner => EigenPod) public ownerToPod;
    mapping(address owner => int256) public podOwnerDepositShares;
    mapping(address owner => uint256) public restakedBalance;
    uint256 public slashedShares;
    mapping(address owner => uint64) internal _factor;
    mapping(address owner => bool) internal _isFactorSet;

    modifier onlyDelegation() {
        require(msg.sender == address(delegation), OnlyDelegationManager());
        _;
    }

    constructor(IDelegationManager delegation_) {
        delegation = delegation_;
    }

    function hasPod(address owner) public view returns (bool) {
        return address(ownerToPod[owner]) != address(0);
    }

    function createPod() public returns (address) {
        EigenPod pod = new EigenPod(msg.sender);
        ownerToPod[msg.sender] = pod;
        emit PodDeployed(address(pod), msg.sender);
        return address(pod);
    }

    function beaconChainSlashingFactor(address owner) public view returns (uint64) {
        return _isFactorSet[owner] ? _factor[owner] : 1e18;
    }

    /// Test driver: the caller restakes the ETH sent, as if its validators had just been proven.
    function restake() external payable {
        if (!hasPod(msg.sender)) createPod();
        EigenPod pod = ownerToPod[msg.sender];
        pod.setActiveValidatorCount(pod.activeValidatorCount() + Math.ceilDiv(msg.value, 32 ether));
        restakedBalance[msg.sender] += msg.value;
        uint256 previous = _add(msg.sender, msg.value);
        delegation.increaseDelegatedShares(msg.sender, BEACON_CHAIN_ETH, previous, msg.value);
        (bool ok,) = address(pod).call{value: msg.value}("");
        require(ok, "EigenPodManager: pod refused");
        pod.count();
    }

    /// Test driver: a checkpoint finds nothing lost, and gives shares for what came into the pod.
    function checkpoint(address owner) external {
        require(hasPod(owner), NoPod());
        uint256 added = ownerToPod[owner].count();
        restakedBalance[owner] += added;
        uint256 previous = _add(owner, added);
        delegation.increaseDelegatedShares(owner, BEACON_CHAIN_ETH, previous, added);
    }

    /// Test driver: shares below zero, as losses left them behind before the slashing release.
    function setLegacyDeficit(address owner, uint256 deficit) external {
        require(podOwnerDepositShares[owner] <= 0, SharesAmountTooHigh());
        podOwnerDepositShares[owner] = -int256(deficit);
    }

    /// Test driver: a checkpoint finds `loss` wei less on the beacon chain than before.
    function recordBeaconChainLoss(address owner, uint256 loss) external {
        require(hasPod(owner), NoPod());
        uint64 before = beaconChainSlashingFactor(owner);
        uint256 balance = restakedBalance[owner];
        uint64 next = uint64(Math.mulDiv(before, balance - loss, balance));
        restakedBalance[owner] = balance - loss;
        _factor[owner] = next;
        _isFactorSet[owner] = true;
        emit BeaconChainSlashingFactorDecreased(owner, before, next);
        delegation.decreaseDelegatedShares(owner, stakerDepositShares(owner, BEACON_CHAIN_ETH), before - next);
        ownerToPod[owner].pay(address(0), loss);
    }

    // ---- IShareManager

    function stakerDepositShares(address owner, address) public view returns (uint256) {
        int256 shares = podOwnerDepositShares[owner];
        return shares < 0 ? 0 : uint256(shares);
    }

    function addShares(address owner, address, uint256 shares) external onlyDelegation returns (uint256) {
        return _add(owner, shares);
    }

    function removeDepositShares(address owner, address, uint256 shares)
        external
        onlyDelegation
        returns (uint256 left)
    {
        left = stakerDepositShares(owner, BEACON_CHAIN_ETH);
        require(left >= shares, SharesAmountTooHigh());
        left -= shares;
        podOwnerDepositShares[owner] = int256(left);
        emit PodSharesUpdated(owner, -int256(shares));
    }

    function withdrawSharesAsTokens(address owner, address, uint256 shares) external onlyDelegation {
        // A deficit is paid off before anything leaves the pod.
        int256 held = podOwnerDepositShares[owner];
        if (held < 0) {
            uint256 repaid = Math.min(shares, uint256(-held));
            podOwnerDepositShares[owner] = held + int256(repaid);
            emit PodSharesUpdated(owner, int256(repaid));
            shares -= repaid;
        }
        restakedBalance[owner] -= shares;
        ownerToPod[owner].pay(owner, shares);
    }

    /// Nothing is moved: the ETH stays in the pods, out of reach.
    function addSlashedShares(address, uint256 shares, address) external onlyDelegation {
        slashedShares += shares;
    }

    function _add(address owner, uint256 shares) internal returns (uint256 previous) {
        previous = stakerDepositShares(owner, BEACON_CHAIN_ETH);
        podOwnerDepositShares[owner] += int256(shares);
        emit PodSharesUpdated(owner, int256(shares));
    }
}
